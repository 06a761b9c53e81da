import { describe, expect, test } from 'vitest'
import { introduceDevice } from '../../src/core/device.ts'
import type { Change } from '../../src/core/op.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import type { TeamAnswer } from '../../src/protocol/invite.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createLive } from '../../src/server/live.ts'
import type { Store } from '../../src/server/store/store.ts'
import {
  organizer as account,
  enrol,
  makeBody,
  makeDevice,
  makeOps,
  makePush,
  makeServer,
  type WireOp,
} from '../support/server.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'
import { type Caller, openTeamSite, revoke, sessionOf, statusOf } from '../support/teamSite.ts'

const times = { beatMs: 3_600_000, lookMs: 20, spacingMs: 5, attendeeSpacingMs: 5 }

async function enrolAgain({ browser, device: { point, seal }, code }: Caller & { code: string }) {
  const again = { publicKey: point, proof: seal(enrolMessage(point)), name: 'Ponsel', code }
  return (await browser.post('/api/v1/enrol', again)).json()
}

describe('a right that is taken', () => {
  test('ends with the next request; what was recorded before stays, what follows is kept aside', async () => {
    const { organizer, space, invite, push, setRight } = await openTeamSite()
    const member = await invite(organizer, 'facilitator')
    expect(await push(member, 1)).toEqual([200, 'committed'])
    expect((await setRight(organizer, member.device, null)).status).toBe(200)
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(403)
    expect(await push(member, 2)).toEqual([200, 'parked'])
    expect((await sessionOf(member)).ended).toEqual([space])
  })

  test('is not given back by the code that gave it', async () => {
    const { organizer, space, invite, setRight } = await openTeamSite()
    const member = await invite(organizer, 'facilitator')
    await setRight(organizer, member.device, null)
    expect(await enrolAgain(member)).toEqual({ kind: 'forbidden' })
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(403)
  })

  test('that became a weaker one is not given back by the code either', async () => {
    const { organizer, invite, push, setRight } = await openTeamSite()
    const member = await invite(organizer, 'organizer')
    await setRight(organizer, member.device, 'viewer')
    expect(await enrolAgain(member)).toMatchObject({ granted: { role: 'viewer' } })
    expect((await setRight(member, organizer.device, null)).status).toBe(403)
    expect(await push(member, 1)).toEqual([200, 'parked'])
  })

  test('from an account is not given to its device by the code with which that came', async () => {
    const { organizer, space, invite, teamOf } = await openTeamSite()
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

  test('lets a viewer say what was taken out as a file and whose the device is, and nothing else', async () => {
    const { organizer, space, invite } = await openTeamSite()
    const { browser, device } = await invite(organizer, 'viewer')
    const exported: Change = { type: 'add', kind: 'exported', fields: { what: 'sheet', format: 'pdf' } }
    const say = async (n: number, changes: Change[]) => {
      const ops: WireOp[] = [[n, 1000, 1000, makeBody(changes)]]
      const answer = await browser.post(`/api/v1/spaces/${space}/push`, makePush(device, space, ops).request)
      return (await answer.json()).results[0].state
    }
    const introduced = (dev: string) => introduceDevice(dev, { holder: 'Uji', name: 'Ponsel' })
    expect(await say(1, [exported, introduced(device.dev)])).toBe('committed')
    expect(await say(2, [exported, introduced(organizer.device.dev)])).toBe('parked')
    expect(await say(3, [exported, { type: 'void', facts: ['x'], reason: 'y' }])).toBe('parked')
  })

  test('changes: a facilitator who becomes a viewer reads on and writes no more', async () => {
    const { organizer, space, invite, push, setRight } = await openTeamSite()
    const member = await invite(organizer, 'facilitator')
    expect((await setRight(organizer, member.device, 'viewer')).status).toBe(200)
    expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(200)
    expect(await push(member, 1)).toEqual([200, 'parked'])
    expect((await sessionOf(member)).ended).toEqual([])
  })

  test('is asked for with a reason, for somebody who is known, by an organizer of that event', async () => {
    const { organizer, space, openEvent, invite, setRight } = await openTeamSite()
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
    const { server, organizer, space, openEvent, invite, push, change } = await openTeamSite()
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
    await expect(enrol(member.browser, code)).rejects.toThrow('"kind":"forbidden"')
    const renewed = { browser: member.browser, device: await enrol(member.browser) }
    expect(await statusOf(renewed.browser, `/spaces/${space}/pull`)).toBe(403)
    expect(await push(renewed, 1)).toEqual([200, 'parked'])
    /** The code is not used up. */
    await enrol(server.openBrowser(), code)
    server.clock.now += 31 * 86_400_000
    expect(await push(member, 2)).toEqual([403, undefined])
  })

  test('is told of until it has handed over what it had, and for 30 days after', async () => {
    const { server, organizer, space, invite, setRight, change } = await openTeamSite()
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
  })

  test('hands over also after its person has signed out everywhere else, as a thief would be', async () => {
    const { server, organizer, push, change } = await openTeamSite()
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
    const { server, organizer, space, change } = await openTeamSite()
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
    const { server, organizer, space, openEvent, invite, change } = await openTeamSite()
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

test('the seal of a push is verified before the log is locked', async () => {
  const { server, organizer, space, invite } = await openTeamSite()
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

test('the history names who did what to whom, and why', async () => {
  const { server, organizer, space, invite, setRight, change } = await openTeamSite()
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

/** Reads a stream to its end. */
async function untilEnd(response: Response): Promise<void> {
  for await (const _ of response.body ?? []);
}

const postgres = usePostgres()

test('streams of hints end with the right, also on another server of the same database', async () => {
  const url = await postgres.newDatabase()
  const [one, two] = [await openPostgresStore(url), await openPostgresStore(url)]
  const { organizer, space, invite, setRight, change } = await openTeamSite(await makeServer(one, times))
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
  await Promise.all([one.close(), two.close()])
})
