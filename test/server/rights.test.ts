import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import type { TeamAnswer } from '../../src/protocol/invite.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createLive } from '../../src/server/live.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { startPostgres } from '../support/postgres.ts'
import {
  organizer as account,
  type Browser,
  enrol,
  makeDevice,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestDevice,
  type TestServer,
} from '../support/server.ts'

type Caller = { browser: Browser; device: TestDevice }
const times = { beatMs: 3_600_000, lookMs: 20, spacingMs: 5, attendeeSpacingMs: 5 }
let server: TestServer
let organizer: Caller
let space: string

async function invite(by: Caller, role: string, inSpace = space): Promise<Caller & { code: string }> {
  const { code } = await (await by.browser.post(`/api/v1/spaces/${inSpace}/invites`, { role })).json()
  const browser = server.openBrowser()
  return { browser, device: await enrol(browser, code), code }
}

async function openEvent(id: string): Promise<void> {
  const { browser, device } = organizer
  await browser.post(`/api/v1/spaces/${id}/push`, makePush(device, id, makeOps(1)).request)
}

async function push({ browser, device }: Caller, from: number, inSpace = space) {
  const response = await browser.post(
    `/api/v1/spaces/${inSpace}/push`,
    makePush(device, inSpace, makeOps(1, from)).request,
  )
  return [response.status, (await response.json()).results?.[0]?.state]
}

const setRight = (by: Caller, of: TestDevice, role: string | null, inSpace = space) =>
  by.browser.post(`/api/v1/spaces/${inSpace}/rights`, { subject: `device:${of.dev}`, role, reason: 'Pindah tugas' })
const change = (by: Caller, of: TestDevice, message: object, inSpace = space) =>
  by.browser.post(`/api/v1/spaces/${inSpace}/devices/${of.dev}`, message)
const revoke = { change: 'revoke', reason: 'Ponsel hilang' }
const kindOf = async (response: Response) => [response.status, (await response.json()).kind]
const statusOf = async (browser: Browser, path: string) => (await browser.get(`/api/v1${path}`)).status
async function enrolAgain({ browser, device: { point, seal }, code }: Caller & { code: string }) {
  const again = { publicKey: point, proof: seal(enrolMessage(point)), name: 'Ponsel', code }
  return (await browser.post('/api/v1/enrol', again)).json()
}
async function teamOf({ browser }: Caller): Promise<{ dev: string; subject: string }[]> {
  return (await (await browser.get(`/api/v1/spaces/${space}/team`)).json()).members
}
const sessionOf = async ({ browser }: Caller) => (await browser.get('/api/v1/session')).json()

beforeAll(async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
})
beforeEach(async () => {
  space = newId()
  await openEvent(space)
})

describe('a right that is taken', () => {
  test('ends with the next request; what was recorded before stays, what follows is kept aside', async () => {
    const member = await invite(organizer, 'facilitator')
    expect(await push(member, 1)).toEqual([200, 'committed'])
    expect((await setRight(organizer, member.device, null)).status).toBe(200)
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(403)
    expect(await push(member, 2)).toEqual([200, 'parked'])
    expect((await sessionOf(member)).ended).toEqual([space])
  })

  test('is not given back by the code that gave it', async () => {
    const member = await invite(organizer, 'facilitator')
    await setRight(organizer, member.device, null)
    expect(await enrolAgain(member)).toEqual({ kind: 'forbidden' })
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(403)
  })

  test('that became a weaker one is not given back by the code either', async () => {
    const member = await invite(organizer, 'organizer')
    await setRight(organizer, member.device, 'viewer')
    expect(await enrolAgain(member)).toMatchObject({ granted: { role: 'viewer' } })
    expect((await setRight(member, organizer.device, null)).status).toBe(403)
    expect(await push(member, 1)).toEqual([200, 'parked'])
  })

  test('from an account is not given to its device by the code with which that came', async () => {
    const member = await invite(organizer, 'facilitator')
    const person = { name: 'Sari', email: `${space.toLowerCase()}@contoh.example`, password: 'sebuah kalimat sandi' }
    expect((await member.browser.post(`/api/v1/spaces/${space}/account`, person)).status).toBe(200)
    const { subject } = (await teamOf(organizer)).find(({ dev }) => dev === member.device.dev) ?? {}
    const ending = { subject, role: null, reason: 'Pindah tugas' }
    expect((await organizer.browser.post(`/api/v1/spaces/${space}/rights`, ending)).status).toBe(200)
    await member.browser.post('/api/v1/sign-out', {})
    expect(await enrolAgain(member)).toEqual({ kind: 'forbidden' })
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(401)
  })

  test('changes: a facilitator who becomes a viewer reads on and writes no more', async () => {
    const member = await invite(organizer, 'facilitator')
    expect((await setRight(organizer, member.device, 'viewer')).status).toBe(200)
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(200)
    expect(await push(member, 1)).toEqual([200, 'parked'])
    expect((await sessionOf(member)).ended).toEqual([])
  })

  test('is asked for with a reason, for somebody who is known, by an organizer of that event', async () => {
    const [member, other] = [await invite(organizer, 'organizer'), await invite(organizer, 'viewer')]
    const elsewhere = newId()
    await openEvent(elsewhere)
    const path = `/api/v1/spaces/${space}/rights`
    const subject = `device:${other.device.dev}`
    for (const reason of ['', '  ', 'a\u0000b'])
      expect((await member.browser.post(path, { subject, role: null, reason })).status).toBe(400)
    expect((await setRight(member, { ...other.device, dev: newId() }, 'viewer')).status).toBe(404)
    expect((await setRight(member, other.device, 'viewer', elsewhere)).status).toBe(403)
    expect((await setRight(member, other.device, 'organizer', '*')).status).toBe(403)
    expect((await setRight(other, member.device, null)).status).toBe(403)
    expect((await setRight(member, other.device, null)).status).toBe(200)
  })
})

describe('a device that is revoked', () => {
  test('loses every event at once, under a new key and with a new code too; it only hands over', async () => {
    const elsewhere = newId()
    await openEvent(elsewhere)
    const member = await invite(organizer, 'facilitator')
    await server.deps.store.putGrant({
      ...{ space: elsewhere, subject: `device:${member.device.dev}`, role: 'facilitator' },
      ...{ createdAt: 1, revokedAt: null },
    })
    expect((await change(organizer, member.device, revoke, '*')).status).toBe(200)
    const session = await sessionOf(member)
    expect([session.revoked, session.spaces, session.ended.sort()]).toEqual([true, [], [space, elsewhere].sort()])
    for (const id of [space, elsewhere]) {
      expect(await statusOf(member.browser, `/spaces/${id}/pull`)).toBe(403)
      expect(await push(member, 1, id)).toEqual([200, 'parked'])
    }
    const { code } = await (await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'viewer' })).json()
    const renewed = { browser: member.browser, device: await enrol(member.browser, code) }
    expect(await statusOf(renewed.browser, `/spaces/${space}/pull`)).toBe(403)
    expect(await push(renewed, 1)).toEqual([200, 'parked'])
    server.clock.now += 31 * 86_400_000
    expect(await push(member, 2)).toEqual([403, undefined])
  })

  test('is told of until it has handed over what it had, and for 30 days after', async () => {
    const member = await invite(organizer, 'facilitator')
    const { dev } = member.device
    await member.browser.get('/api/v1/session?unsent=3')
    await change(organizer, member.device, revoke)
    const read = async () => (await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()) as TeamAnswer
    const { members, revoked } = await read()
    expect(members.map((one) => one.dev)).not.toContain(dev)
    const revokedAt = server.clock.now
    expect(revoked).toMatchObject([{ dev, holder: 'Uji', revokedAt, unsent: 3, handedOver: false }])
    await setRight(organizer, member.device, null)
    server.clock.now += 40 * 86_400_000
    expect((await read()).revoked).toMatchObject([{ dev, handedOver: false }])
    await member.browser.post('/api/v1/sign-out', {})
    server.clock.now += 30 * 86_400_000
    expect((await read()).revoked).toMatchObject([{ dev, handedOver: true }])
    server.clock.now += 1
    expect((await read()).revoked).toEqual([])
    server.clock.now = revokedAt
  })

  test('hands over also after its person has signed out everywhere else, as a thief would be', async () => {
    const lost = { browser: server.openBrowser(), device: makeDevice() }
    await lost.browser.post('/api/v1/sign-in', { email: account.email, password: account.password })
    await enrol(lost.browser, undefined, lost.device)
    await change(organizer, lost.device, revoke, '*')
    for (const device of [lost.device.dev, null])
      expect((await organizer.browser.post('/api/v1/account/sign-outs', { device })).status).toBe(200)
    expect(await push(lost, 1)).toEqual([200, 'parked'])
    const { revoked } = await (await organizer.browser.get('/api/v1/spaces/*/team')).json()
    expect(revoked).toContainEqual(expect.objectContaining({ dev: lost.device.dev, handedOver: false }))
  })

  test('takes the account’s session with it, and leaves those of its other devices', async () => {
    const browser = server.openBrowser()
    const { email, password } = account
    expect((await browser.post('/api/v1/sign-in', { email, password })).status).toBe(200)
    const lost = { browser, device: await enrol(browser) }
    expect((await sessionOf(lost)).account).toMatchObject({ email })
    expect((await change(organizer, lost.device, revoke, '*')).status).toBe(200)
    expect((await sessionOf(lost)).account).toBeNull()
    expect((await sessionOf(organizer)).account).toMatchObject({ email })
    await enrol(browser)
    expect(await statusOf(browser, `/spaces/${space}/pull`)).toBe(403)
  })

  test("an event's organizer revokes and renames what is in events of his only", async () => {
    const [local, member] = [await invite(organizer, 'organizer'), await invite(organizer, 'facilitator')]
    const elsewhere = newId()
    await openEvent(elsewhere)
    const grant = { subject: `device:${member.device.dev}`, role: 'viewer', createdAt: 1, revokedAt: null } as const
    await server.deps.store.putGrant({ ...grant, space: elsewhere })
    expect((await change(local, organizer.device, revoke)).status).toBe(404)
    expect((await change(local, member.device, revoke)).status).toBe(404)
    await server.deps.store.putGrant({ ...grant, space: elsewhere, revokedAt: 2 })
    expect((await change(local, member.device, { change: 'rename', name: 'Tablet pintu' })).status).toBe(200)
    const { members } = await (await local.browser.get(`/api/v1/spaces/${space}/team`)).json()
    expect(members.map((one: { deviceName: string }) => one.deviceName)).toContain('Tablet pintu')
    expect((await change(local, member.device, revoke)).status).toBe(200)
  })
})

describe('the organization', () => {
  test('has its own team: a viewer of everything reads every event, also later ones, and changes none', async () => {
    const auditor = await invite(organizer, 'viewer', '*')
    const later = newId()
    await openEvent(later)
    expect((await sessionOf(auditor)).organizer).toBe(false)
    for (const id of [space, later]) expect(await statusOf(auditor.browser, `/spaces/${id}/pull`)).toBe(200)
    expect(await push(auditor, 1)).toEqual([200, 'parked'])
    expect(await push(auditor, 1, newId())).toEqual([404, undefined])
    expect((await auditor.browser.get('/api/v1/spaces/*/team')).status).toBe(403)
    expect((await setRight(organizer, auditor.device, null, '*')).status).toBe(200)
    expect(await statusOf(auditor.browser, `/spaces/${space}/pull`)).toBe(403)
    expect((await sessionOf(auditor)).ended).toEqual(expect.arrayContaining([space, later]))
  })

  test('is no space: nothing is pushed to it and nothing pulled', async () => {
    expect((await organizer.browser.get('/api/v1/spaces/*/pull')).status).toBe(404)
    expect(
      (await organizer.browser.post('/api/v1/spaces/*/push', makePush(organizer.device, space, makeOps(1)).request))
        .status,
    ).toBe(404)
  })
})

test('the seal of a push is verified before the log is locked', async () => {
  const member = await invite(organizer, 'facilitator')
  const { store } = server.deps
  const verdicts: string[] = []
  const watched: Store = {
    ...store,
    append: (id, batch) => {
      verdicts.push(...batch.ops.map(({ verdict }) => verdict))
      return store.append(id, batch)
    },
  }
  const other = await makeServer(watched)
  const forged = makePush(member.device, space, makeOps(1)).request
  const signature = organizer.device.seal(new Uint8Array(32))
  const browser = other.openBrowser()
  for (const [name, value] of member.browser.cookies) browser.cookies.set(name, value)
  const path = `/api/v1/spaces/${space}/push`
  expect((await (await browser.post(path, { ...forged, signature })).json()).results).toMatchObject([
    { state: 'parked', reason: 'badSeal' },
  ])
  expect(verdicts).toEqual(['badSeal'])
  const carried = makePush(organizer.device, space, makeOps(1, 9)).request
  expect((await browser.post(path, { ...carried, signature })).status).toBe(400)
  expect(verdicts).toEqual(['badSeal'])
})

test('an invitation that was sent to the wrong one is ended by its name, which tells nothing of its code', async () => {
  const path = `/api/v1/spaces/${space}/invites`
  const { code } = await (await organizer.browser.post(path, { role: 'facilitator' })).json()
  const { openInvites } = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect(openInvites).toMatchObject([{ role: 'facilitator', createdAt: server.clock.now }])
  expect((await organizer.browser.post(`${path}/${openInvites[0].id}`, { end: true })).status).toBe(200)
  expect((await organizer.browser.post(`${path}/${openInvites[0].id}`, { end: true })).status).toBe(404)
  await expect(enrol(server.openBrowser(), code)).rejects.toThrow('expired')
})

test('the history names who did what to whom, and why', async () => {
  const member = await invite(organizer, 'facilitator')
  await setRight(organizer, member.device, null)
  await change(organizer, member.device, revoke)
  const rows = await server.deps.store.audit.read({ space, most: 20 })
  const told = rows.map(({ kind, dev, about, reason }) => [kind, dev, about, reason])
  const [by, of] = [organizer.device.dev, `device:${member.device.dev}`]
  expect(told).toEqual([
    ['grantEnded', by, of, 'Pindah tugas'],
    ['enrolled', member.device.dev, of, ''],
    ['inviteUsed', member.device.dev, of, ''],
    ['invited', by, expect.any(String), ''],
  ])
})

test('a device tells how much it has not sent, and the list of the team says so', async () => {
  const member = await invite(organizer, 'facilitator')
  await member.browser.get('/api/v1/session?unsent=12')
  await member.browser.get('/api/v1/session')
  const { members } = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect(members.find((one: { dev: string }) => one.dev === member.device.dev)).toMatchObject({ unsent: 12 })
})

test("an organizer sees attendees' devices counted, and one by one when he asks", async () => {
  const { code } = await (
    await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
  ).json()
  const attendee = await enrol(server.openBrowser(), code)
  const team = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect([team.attendeeDevices, team.members.length]).toEqual([1, 1])
  const listed = await (await organizer.browser.get(`/api/v1/spaces/${space}/attendees`)).json()
  expect(listed).toMatchObject({ devices: [{ dev: attendee.dev }], more: false })
})

test('the organization keeps its last organizer, whoever else there is in its events', async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
  await openEvent(space)
  await invite(organizer, 'organizer')
  const account = (await server.deps.store.listMembers('*'))[0]?.subject
  const message = { subject: account, role: null, reason: 'Mutasi' }
  expect(await kindOf(await organizer.browser.post('/api/v1/spaces/*/rights', message))).toEqual([409, 'lastOrganizer'])
  const second = await invite(organizer, 'organizer', '*')
  expect((await second.browser.post('/api/v1/spaces/*/rights', message)).status).toBe(200)
  expect(await statusOf(organizer.browser, `/spaces/${space}/pull`)).toBe(403)
  expect(await kindOf(await change(second, second.device, revoke, '*'))).toEqual([409, 'lastOrganizer'])
})

/** Reads a stream to its end. */
async function untilEnd(response: Response): Promise<void> {
  for await (const _ of response.body ?? []);
}

test('streams of hints end with the right, also on another server of the same database', async () => {
  const postgres = startPostgres()
  const url = await postgres.newDatabase()
  const stores: Store[] = []
  for (const _ of [1, 2]) {
    const opened = await openPostgres(url)
    if (!opened.ok) throw new Error(opened.failure.detail)
    stores.push(opened.value)
  }
  const [one, two] = stores
  if (!one || !two) throw new Error('no stores')
  server = await makeServer(one, times)
  organizer = await openOrganizer(server)
  await openEvent(space)
  /** PostgreSQL's text refuses a NUL. */
  expect((await change(organizer, { ...organizer.device, dev: '%00' }, revoke)).status).toBe(404)
  expect(await statusOf(organizer.browser, `/spaces/${space}/quarantine/%00`)).toBe(200)
  const member = await invite(organizer, 'facilitator')
  const here = await member.browser.get('/api/v1/events')
  const there = createLive(two, times)
  const roles = new Map([[space, 'facilitator' as const]])
  const stream = await there.open(member.device.dev, async () =>
    (await two.findGrants([`device:${member.device.dev}`], space)).some(({ revokedAt }) => revokedAt === null)
      ? roles
      : undefined,
  )
  if (typeof stream === 'string') throw new Error(stream)
  await setRight(organizer, member.device, null)
  await Promise.all([untilEnd(here), untilEnd(new Response(stream))])
  there.close()
  await Promise.all(stores.map((store) => store.close()))
  postgres.stop()
})
