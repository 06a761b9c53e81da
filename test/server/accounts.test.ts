import { beforeEach, describe, expect, test } from 'vitest'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { openAccounts } from '../../src/server/auth/accounts.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { statusAndKind } from '../support/accountSite.ts'
import {
  type Browser,
  enrol,
  makeDevice,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  type TestDevice,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
beforeEach(async () => {
  server = await makeServer()
})

const sessionOf = async (browser: Browser) => (await browser.get('/api/v1/session')).json()

describe('setup', () => {
  test('makes the first organizer once', async () => {
    const browser = server.openBrowser()
    const setUp = (token: string) => browser.post('/api/v1/setup', { token, ...organizer })
    expect(await sessionOf(browser)).toMatchObject({ needsSetup: true, account: null })
    const token = server.deps.setup.issue(server.clock.now)
    expect(await statusAndKind(await setUp('wrong'))).toEqual([404, 'notFound'])
    server.clock.now += 25 * 3_600_000
    expect(await statusAndKind(await setUp(token))).toEqual([410, 'expired'])
    server.clock.now -= 25 * 3_600_000
    expect((await setUp(token)).status).toBe(200)
    const { name, email } = organizer
    expect(await sessionOf(browser)).toMatchObject({ needsSetup: false, organizer: true, account: { name, email } })
    expect(await statusAndKind(await setUp(token))).toEqual([409, 'used'])
  })

  test('leaves no account without a way in when it ends while the password is hashed', async () => {
    const dying = { hash: () => Promise.reject(new Error('killed')), verify: async () => false }
    const accounts = await openAccounts(server.deps.store, dying)
    await expect(accounts.create(organizer)).rejects.toThrow('killed')
    expect(await accounts.findByEmail(organizer.email)).toBeUndefined()
  })

  test('goes on with an account that a server has left without its right', async () => {
    const { name, email, password } = organizer
    const left = await server.deps.accounts.create({ name: 'Nama Lama', email, password: 'kata sandi yang dahulu' })
    const browser = server.openBrowser()
    const token = server.deps.setup.issue(server.clock.now)
    expect((await browser.post('/api/v1/setup', { token, ...organizer })).status).toBe(200)
    expect(await sessionOf(browser)).toMatchObject({ organizer: true, account: { name, email } })
    const checked = await server.deps.accounts.checkPassword(email, password)
    expect(checked).toMatchObject({ ok: true, value: { id: left.ok && left.value.id } })
  })

  test('makes one organizer of two who have the link at one moment', async () => {
    const token = server.deps.setup.issue(server.clock.now)
    const ask = async (password: string) =>
      (await server.openBrowser().post('/api/v1/setup', { token, ...organizer, password })).status
    const [first = '', second = ''] = ['kata sandi pertama', 'kata sandi kedua yang lain']
    const statuses = await Promise.all([first, second].map(ask))
    expect([...statuses].sort()).toEqual([200, 409])
    const winner = statuses[0] === 200 ? first : second
    expect(await server.deps.accounts.checkPassword(organizer.email, winner)).toMatchObject({ ok: true })
  })

  test('a short password is a bad request', async () => {
    const token = server.deps.setup.issue(server.clock.now)
    const response = await server.openBrowser().post('/api/v1/setup', { token, ...organizer, password: 'pendek' })
    expect(await statusAndKind(response)).toEqual([400, 'badRequest'])
  })
})

describe('sign-in', () => {
  const { email, password } = organizer

  test('opens a session that sign-out ends, with the device’s credential', async () => {
    await openOrganizer(server)
    const browser = server.openBrowser()
    expect((await browser.post('/api/v1/sign-in', { email: email.toUpperCase(), password })).status).toBe(200)
    await enrol(browser)
    const kept = new Map(browser.cookies)
    await browser.post('/api/v1/sign-out', {})
    const nobody = { account: null, device: null, organizer: false, spaces: [] }
    expect(await sessionOf(browser)).toMatchObject(nobody)
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect(await sessionOf(browser)).toMatchObject(nobody)
  })

  test('an unknown account and a wrong password are the same to who asks', async () => {
    await openOrganizer(server)
    const browser = server.openBrowser()
    for (const wrong of [
      { email, password: 'salah-semuanya' },
      { email: 'tiada@contoh.go.id', password },
    ])
      expect(await statusAndKind(await browser.post('/api/v1/sign-in', wrong))).toEqual([401, 'wrongPassword'])
  })

  test('a session lasts 90 days from its last use', async () => {
    const { browser } = await openOrganizer(server)
    for (const days of [60, 60]) {
      server.clock.now += days * 86_400_000
      expect((await sessionOf(browser)).account).not.toBeNull()
    }
    server.clock.now += 91 * 86_400_000
    expect((await sessionOf(browser)).account).toBeNull()
  })
})

describe('enrol', () => {
  async function openSpace() {
    const { browser, device } = await openOrganizer(server)
    const space = newId()
    await browser.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const invite = async (role = 'facilitator') =>
      (await (await browser.post(`/api/v1/spaces/${space}/invites`, { role })).json()).code as string
    return { browser, device, space, invite }
  }

  const ask = (browser: Browser, { point, seal }: TestDevice, code?: string) =>
    browser.post('/api/v1/enrol', { publicKey: point, proof: seal(enrolMessage(point)), name: 'Ponsel', code })

  test('a code gives its role to one device, however it is typed', async () => {
    const { space, invite } = await openSpace()
    const code = await invite()
    expect(code).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/)
    const browser = server.openBrowser()
    const device = makeDevice()
    const { dev } = device
    const response = await ask(browser, device, ` ${code.toLowerCase().replace('-', ' ')} `)
    expect(await response.json()).toMatchObject({ dev, granted: { space, role: 'facilitator' } })
    expect((await sessionOf(browser)).spaces).toMatchObject([{ space, role: 'facilitator' }])
    expect(await statusAndKind(await ask(server.openBrowser(), makeDevice(), code))).toEqual([409, 'used'])
  })

  test('of two devices that use a code at one moment the slower one leaves nothing behind', async () => {
    const code = await (await openSpace()).invite()
    const comers = [0, 1].map(() => ({ browser: server.openBrowser(), device: makeDevice() }))
    const statuses = await Promise.all(
      comers.map(async ({ browser, device }) => (await ask(browser, device, code)).status),
    )
    expect(statuses.toSorted()).toEqual([200, 409])
    const slower = comers[statuses.indexOf(409)]
    expect(await server.deps.store.findDevice(slower?.device.dev ?? '')).toBeUndefined()
  })

  test('a refusal changes nothing of a device that is known: it keeps its cookie and its session', async () => {
    const { browser: organizer, space, invite } = await openSpace()
    const [browser, device, code] = [server.openBrowser(), makeDevice(), await invite()]
    await ask(browser, device, code)
    const subject = `device:${device.dev}`
    await organizer.post(`/api/v1/spaces/${space}/rights`, { subject, role: null, reason: 'Pindah tugas' })
    const before = await server.deps.store.findDevice(device.dev)
    expect(await statusAndKind(await ask(server.openBrowser(), device, code))).toEqual([403, 'forbidden'])
    expect(await server.deps.store.findDevice(device.dev)).toEqual(before)
    expect((await sessionOf(browser)).device).toMatchObject({ dev: device.dev })
  })

  test('a code whose answer was lost works again for the same key', async () => {
    const code = await (await openSpace()).invite()
    const device = makeDevice()
    for (const _ of [1, 2]) expect((await ask(server.openBrowser(), device, code)).status).toBe(200)
  })

  test('an unknown code, an expired one, none at all', async () => {
    const code = await (await openSpace()).invite()
    const browser = server.openBrowser()
    const device = makeDevice()
    expect(await statusAndKind(await ask(browser, device, 'ABCD-2345'))).toEqual([404, 'notFound'])
    expect(await statusAndKind(await ask(browser, device))).toEqual([401, 'unauthorized'])
    const noPoint = { ...device, point: 'A'.repeat(87) }
    expect(await statusAndKind(await ask(browser, noPoint))).toEqual([400, 'badRequest'])
    server.clock.now += 8 * 86_400_000
    expect(await statusAndKind(await ask(browser, device, code))).toEqual([410, 'expired'])
  })

  test('a device with another code stays who it is and gains a role', async () => {
    const { space, invite } = await openSpace()
    const browser = server.openBrowser()
    const device = makeDevice()
    await ask(browser, device, await invite('viewer'))
    const credential = browser.cookies.get('hadir_device')
    expect((await (await ask(browser, device, await invite())).json()).dev).toBe(device.dev)
    expect(browser.cookies.get('hadir_device')).toBe(credential)
    expect((await sessionOf(browser)).spaces).toMatchObject([{ space, role: 'facilitator' }])
  })

  test('nobody takes over a device by its public key; who holds its key gets a lost cookie back', async () => {
    const { device, space, invite } = await openSpace()
    const forged = { ...device, seal: makeDevice().seal }
    const response = await ask(server.openBrowser(), forged, await invite())
    expect(await statusAndKind(response)).toEqual([400, 'badRequest'])
    const browser = server.openBrowser()
    expect((await ask(browser, device)).status).toBe(200)
    expect((await sessionOf(browser)).spaces).toMatchObject([{ space, role: 'organizer' }])
  })

  test('the team shows each device once, and open codes', async () => {
    const { browser, space, invite } = await openSpace()
    await enrol(server.openBrowser(), await invite())
    await invite('viewer')
    const team = await (await browser.get(`/api/v1/spaces/${space}/team`)).json()
    expect(team.members.map(({ role }: { role: string }) => role)).toEqual(['organizer', 'facilitator'])
    expect(team.openInvites).toMatchObject([{ role: 'viewer' }])
  })
})
