import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccounts } from '../../src/server/auth/accounts.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createTries, delayMs } from '../../src/server/auth/tries.ts'
import { keepSettling } from '../../src/server/keepSettling.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import {
  type Browser,
  enrol,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  openTestStore,
  organizer,
  type TestServer,
} from '../support/server.ts'

const { email, password } = organizer
const wrong = { email, password: 'bukan kata sandinya' }
const dayMs = 86_400_000
let postgres: TestPostgres

beforeAll(() => {
  postgres = startPostgres()
})
afterAll(() => postgres.stop())

async function openPostgresStore(): Promise<Store> {
  const opened = await openPostgres(await postgres.newDatabase())
  if (!opened.ok) throw new Error(opened.failure.detail)
  return opened.value
}

const statusAndKind = async (response: Response) => [response.status, (await response.json()).kind]
const isSignedIn = async (browser: Browser) => (await (await browser.get('/api/v1/session')).json()).account !== null
const signIn = (browser: Browser, given = { email, password }) => browser.post('/api/v1/sign-in', given)

describe.each([
  ['SQLite', openTestStore],
  ['PostgreSQL', openPostgresStore],
])('accounts on %s', (_, open) => {
  let server: TestServer
  let own: Browser
  beforeEach(async () => {
    server = await makeServer(await open())
    own = (await openOrganizer(server)).browser
    return () => server.deps.store.close()
  })

  /** Another browser, signed in and enrolled. */
  async function openSecond(): Promise<Browser> {
    const browser = server.openBrowser()
    expect((await signIn(browser)).status).toBe(200)
    await enrol(browser)
    return browser
  }

  async function openSpace(): Promise<{ space: string; invite: (role: string) => Promise<string> }> {
    const space = newId()
    const device = await enrol(own)
    await own.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const invite = async (role: string) =>
      (await (await own.post(`/api/v1/spaces/${space}/invites`, { role })).json()).code as string
    return { space, invite }
  }

  /** Who joined by a code and made an account of his own. */
  async function openMember(space: string, code: string, memberEmail: string): Promise<Browser> {
    const browser = server.openBrowser()
    await enrol(browser, code)
    const made = await browser.post(`/api/v1/spaces/${space}/account`, {
      ...{ name: 'Sari Contoh', email: memberEmail, password: 'sebuah kalimat sandi' },
    })
    expect(made.status).toBe(200)
    return browser
  }

  describe('a session', () => {
    test('is worth nothing beside another device’s credential, or beside none', async () => {
      const thief = server.openBrowser()
      thief.cookies.set('hadir_session', own.cookies.get('hadir_session') ?? '')
      expect(await isSignedIn(thief)).toBe(false)
      const second = await openSecond()
      thief.cookies.set('hadir_device', second.cookies.get('hadir_device') ?? '')
      expect(await isSignedIn(thief)).toBe(false)
      thief.cookies.set('hadir_device', own.cookies.get('hadir_device') ?? '')
      expect(await isSignedIn(thief)).toBe(true)
    })

    test('has a token that the database does not hold', async () => {
      const { db } = server.deps.store.accounts
      const rows = await db
        .selectFrom('session' as 'devices')
        .selectAll()
        .execute()
      expect(rows.length).toBe(1)
      expect(JSON.stringify(rows)).not.toContain(own.cookies.get('hadir_session'))
    })

    test('is never one that was there before signing in, which ends', async () => {
      const victim = server.openBrowser()
      victim.cookies.set('hadir_session', 'planted-by-somebody-else-0000000000000000000')
      await signIn(victim)
      const first = victim.cookies.get('hadir_session') ?? ''
      expect(first).not.toContain('planted')
      await signIn(victim)
      expect(victim.cookies.get('hadir_session')).not.toBe(first)
      const attacker = server.openBrowser()
      attacker.cookies.set('hadir_session', first)
      expect(await isSignedIn(attacker)).toBe(false)
    })

    test('that no device took on within an hour is over', async () => {
      const browser = server.openBrowser()
      await signIn(browser)
      expect(await isSignedIn(browser)).toBe(true)
      server.clock.now += 3_600_001
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('is not begun on a device that holds another person’s work', async () => {
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('facilitator'), 'sari@contoh.example')
      expect(await statusAndKind(await signIn(sari))).toEqual([409, 'otherAccount'])
    })
  })

  describe('signing out elsewhere', () => {
    const devicesOf = async (browser: Browser) => (await (await browser.get('/api/v1/account')).json()).devices

    test('ends another device’s session and credential, which its key alone does not bring back', async () => {
      const other = server.openBrowser()
      await signIn(other)
      const device = await enrol(other)
      expect(await devicesOf(own)).toMatchObject([{ isThis: true }, { dev: device.dev, isThis: false, signedIn: true }])
      expect((await own.post('/api/v1/account/sign-outs', { device: device.dev })).status).toBe(200)
      expect(await (await other.get('/api/v1/session')).json()).toMatchObject({ account: null, device: null })
      expect((await other.get('/api/v1/events')).status).toBe(401)
      expect(await devicesOf(own)).toMatchObject([{ isThis: true }])
      await expect(enrol(other, undefined, device)).rejects.toThrow('unauthorized')
      await signIn(other)
      await enrol(other, undefined, device)
      expect(await devicesOf(own)).toHaveLength(2)
    })

    test('reaches nobody else’s device, nor this one', async () => {
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('facilitator'), 'sari@contoh.example')
      const [theirs] = await devicesOf(sari)
      const [mine] = (await devicesOf(own)).filter(({ isThis }: { isThis: boolean }) => isThis)
      for (const { dev } of [theirs, mine])
        expect((await own.post('/api/v1/account/sign-outs', { device: dev })).status).toBe(404)
      expect(await isSignedIn(sari)).toBe(true)
    })

    test('comes with a new password, which takes the old one', async () => {
      const other = await openSecond()
      const change = (current: string, next: string) =>
        own.post('/api/v1/account/password', { current, password: next })
      expect(await statusAndKind(await change('salah-semuanya', 'kata sandi yang baru'))).toEqual([
        401,
        'wrongPassword',
      ])
      expect(await statusAndKind(await change(password, 'password123'))).toEqual([400, 'weakPassword'])
      const before = own.cookies.get('hadir_session')
      expect((await change(password, 'kata sandi yang baru')).status).toBe(200)
      expect(await isSignedIn(own)).toBe(true)
      expect(own.cookies.get('hadir_session')).not.toBe(before)
      expect(await isSignedIn(other)).toBe(false)
      expect((await signIn(server.openBrowser())).status).toBe(401)
      const renewed = { email, password: 'kata sandi yang baru' }
      expect((await signIn(server.openBrowser(), renewed)).status).toBe(200)
    })

    test('by a new password or a reset code is in the history, with the device that it ended on', async () => {
      const { store } = server.deps
      const endedOn = async () =>
        (await store.audit.read({ most: 100 })).flatMap(({ kind, about }) => (kind === 'sessionEnded' ? [about] : []))
      const second = server.openBrowser()
      await signIn(second)
      const { dev } = await enrol(second)
      const before = await store.audit.lastEnding()
      await own.post('/api/v1/account/password', { current: password, password: 'kata sandi yang baru' })
      expect(await endedOn()).toEqual([`device:${dev}`])
      expect(await store.audit.lastEnding()).toBeGreaterThan(before)
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('viewer'), 'sari@contoh.example')
      const [theirs] = await devicesOf(sari)
      const { code } = await (await own.post('/api/v1/reset-codes', { email: 'sari@contoh.example' })).json()
      const reset = { email: 'sari@contoh.example', code, password: 'kalimat yang lebih baru' }
      expect((await server.openBrowser().post('/api/v1/reset', reset)).status).toBe(200)
      expect(await endedOn()).toEqual([`device:${theirs.dev}`, `device:${dev}`])
    })
  })

  describe('wrong passwords', () => {
    test('make their own address wait, longer each time, and nobody else', async () => {
      const stranger = server.openBrowser()
      for (let i = 0; i < 5; i++) expect((await signIn(stranger, wrong)).status).toBe(401)
      const waits: number[] = []
      for (let i = 0; i < 3; i++) {
        const refused = await signIn(stranger, wrong)
        expect(refused.status).toBe(429)
        waits.push(Number(refused.headers.get('Retry-After')))
        server.clock.now += (waits.at(-1) ?? 0) * 1000
        expect((await signIn(stranger, wrong)).status).toBe(401)
      }
      expect(waits).toEqual([2, 4, 8])
      expect((await signIn(stranger)).status).toBe(429)
      expect((await signIn(own)).status).toBe(200)
      expect((await signIn(stranger, { email: 'lain@contoh.example', password })).status).toBe(401)
    })

    test('are forgotten with the right one, and after a day', async () => {
      const browser = server.openBrowser()
      for (let i = 0; i < 4; i++) await signIn(browser, wrong)
      expect((await signIn(browser)).status).toBe(200)
      for (let i = 0; i < 4; i++) expect((await signIn(server.openBrowser(), wrong)).status).toBe(401)
      server.clock.now += dayMs + 1
      for (let i = 0; i < 5; i++) expect((await signIn(server.openBrowser(), wrong)).status).toBe(401)
    })

    test('of many addresses leave each further one a single try, and the owner’s device all', async () => {
      const tries = createTries(server.deps.store)
      const now = 1_000_000
      const take = (address: string) => tries.take(email, { address }, now)
      for (let i = 0; i < 100; i++) expect(await take(`2001:db8:0:${i}::1`)).toBe(0)
      expect([await take('192.0.2.1'), await take('192.0.2.1')]).toEqual([0, 2000])
      for (let i = 0; i < 5; i++) expect(await tries.take(email, { device: 'own' }, now)).toBe(0)
    })

    test('that come all at once are counted one by one', async () => {
      const tries = createTries(server.deps.store)
      const waits = await Promise.all(Array.from({ length: 20 }, () => tries.take(email, { address: 'a' }, 1_000_000)))
      expect(waits.filter((ms) => ms === 0)).toHaveLength(5)
    })

    test('cost the same slow hash for an account that there is not', async () => {
      let verified = 0
      const counting = {
        hash: hashPassword,
        verify: (given: { hash: string; password: string }) => {
          verified++
          return verifyPassword(given)
        },
      }
      const accounts = await openAccounts(server.deps.store, counting)
      for (const asked of [email, 'tiada@contoh.example']) await accounts.checkPassword(asked, 'bukan kata sandinya')
      expect(verified).toBe(2)
    })
  })

  test('failed sign-ins are in the history by account and hour, and nothing of accounts that there are not', async () => {
    const { store, accounts } = server.deps
    const hour = server.clock.now - (server.clock.now % 3_600_000)
    server.clock.now = hour + 1
    await signIn(server.openBrowser(), wrong)
    for (const given of [wrong, { email: 'tiada@contoh.example', password }])
      expect((await signIn(server.openBrowser(), given)).status).toBe(401)
    await own.post('/api/v1/account/password', { current: 'salah-semuanya', password: 'kata sandi yang baru' })
    await server.openBrowser().post('/api/v1/reset', { email, code: 'AAAA-BBBB-CCCC', password: 'kalimat baru sekali' })
    const refused = async () => (await store.audit.read({ most: 50 })).filter(({ kind }) => kind === 'signInRefused')
    const settle = async () => keepSettling(server.deps, pino({ level: 'silent' }))()
    await settle()
    expect(await refused()).toEqual([])
    server.clock.now = hour + 3_600_000
    await settle()
    const about = `account:${(await accounts.findByEmail(email))?.id}`
    await expect.poll(refused).toHaveLength(1)
    const [line] = await refused()
    expect(line).toMatchObject({ about, account: null, dev: null, space: '*', detail: { count: 4, hour } })
    expect(await store.accounts.db.selectFrom('refusals').selectAll().execute()).toEqual([])
  })

  describe('a reset code', () => {
    const askCode = (browser: Browser, asked = 'sari@contoh.example') =>
      browser.post('/api/v1/reset-codes', { email: asked })
    const use = (browser: Browser, code: string, given: object = {}) =>
      browser.post('/api/v1/reset', {
        ...{ email: 'sari@contoh.example', code, password: 'kalimat yang lebih baru' },
        ...given,
      })

    async function openSari() {
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('facilitator'), 'sari@contoh.example')
      const { code } = await (await askCode(own)).json()
      return { space, invite, sari, code }
    }

    test('sets a new password once, signs in, and ends every other session', async () => {
      const { sari, code } = await openSari()
      expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
      expect(await statusAndKind(await use(server.openBrowser(), code, { password: 'qwertyuiop' }))).toEqual([
        400,
        'weakPassword',
      ])
      const fresh = server.openBrowser()
      expect((await use(fresh, ` ${code.toLowerCase()} `)).status).toBe(200)
      expect([await isSignedIn(fresh), await isSignedIn(sari)]).toEqual([true, false])
      expect(await statusAndKind(await use(server.openBrowser(), code))).toEqual([409, 'used'])
      const old = { email: 'sari@contoh.example', password: 'sebuah kalimat sandi' }
      expect((await signIn(server.openBrowser(), old)).status).toBe(401)
      const history = await server.deps.store.audit.read({ most: 10 })
      expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['resetUsed', 'resetIssued']))
      expect(JSON.stringify(history)).not.toContain(code)
    })

    test('leaves no other way in: neither a passkey nor who somebody is at the provider', async () => {
      const { code } = await openSari()
      const { store, accounts } = server.deps
      const { id = '' } = (await accounts.findByEmail('sari@contoh.example')) ?? {}
      const key = { id: 'AA', account: id, name: 'Ponsel', key: 'AA', counter: 0, createdAt: 1, usedAt: 1 }
      await store.addPasskey(key)
      await store.addPasskey({ ...key, id: 'BB', account: 'lain' })
      const identity = { issuer: 'https://masuk.example', subject: '7' }
      await accounts.link(id, identity, false)
      expect((await use(server.openBrowser(), code)).status).toBe(200)
      expect(await store.listPasskeys(id)).toEqual([])
      expect(await store.listPasskeys('lain')).toHaveLength(1)
      expect(await accounts.findLinked(identity)).toBeUndefined()
      expect(await accounts.waysIn(id)).toEqual({ password: true, linked: false })
      const [used] = (await store.audit.read({ most: 20 })).filter(({ kind }) => kind === 'resetUsed')
      expect(used?.detail).toEqual({ passkeys: 1, links: 1 })
    })

    test('expires after a day, and ends with the next one', async () => {
      const { code } = await openSari()
      const { code: next } = await (await askCode(own)).json()
      expect(await statusAndKind(await use(server.openBrowser(), code))).toEqual([404, 'notFound'])
      server.clock.now += dayMs
      expect(await statusAndKind(await use(server.openBrowser(), next))).toEqual([410, 'expired'])
    })

    test('opens only its own person’s account; a wrong e-mail, a wrong code and no account are the same', async () => {
      const { code } = await openSari()
      for (const given of [{ email }, { email: 'tiada@contoh.example' }, { code: 'AAAA-BBBB-CCCC' }])
        expect(await statusAndKind(await use(server.openBrowser(), code, given))).toEqual([404, 'notFound'])
    })

    test('is not found by guessing: tries wait', async () => {
      await openSari()
      const browser = server.openBrowser()
      for (let i = 0; i < 5; i++) expect((await use(browser, `AAAA-BBBB-CCC${i + 2}`)).status).toBe(404)
      expect(await statusAndKind(await use(browser, 'AAAA-BBBB-DDDD'))).toEqual([429, 'tooMany'])
    })

    test('ends with what its maker might do, and with what its person may do more', async () => {
      const { space, invite } = await openSari()
      const maker = await openMember(space, await invite('organizer'), 'ketua@contoh.example')
      const { code } = await (await askCode(maker)).json()
      const subject = `account:${(await server.deps.accounts.findByEmail('sari@contoh.example'))?.id}`
      const promote = (role: string | null) =>
        own.post('/api/v1/spaces/*/rights', { subject, role, reason: 'Pindah tugas' })
      expect((await promote('organizer')).status).toBe(200)
      expect(await statusAndKind(await use(server.openBrowser(), code))).toEqual([410, 'expired'])
      expect((await promote(null)).status).toBe(200)
      expect((await use(server.openBrowser(), code)).status).toBe(200)
    })

    test('that was invented is counted by address, under whatever e-mail', async () => {
      const invented = (i: number) => use(server.openBrowser(), 'AAAA-BBBB-CCCC', { email: `orang${i}@contoh.example` })
      for (let i = 0; i < 300; i++) expect((await invented(i)).status).toBe(404)
      const refused = await invented(300)
      expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([429, true])
    })

    test('is made only for who may do no more than the organizer, and never for oneself', async () => {
      const { space, invite, sari } = await openSari()
      const event = await openMember(space, await invite('organizer'), 'ketua@contoh.example')
      expect((await askCode(event)).status).toBe(200)
      for (const [browser, asked] of [
        [event, email],
        [event, 'ketua@contoh.example'],
        [sari, 'ketua@contoh.example'],
        [own, email],
        [own, 'tiada@contoh.example'],
      ] as const)
        expect(await statusAndKind(await askCode(browser, asked))).toEqual([404, 'notFound'])
    })
  })

  test('a passkey is kept once, for its own account, and what is single-use is spent once', async () => {
    const { store } = server.deps
    const key = { id: newId(), account: 'a', name: 'Ponsel', key: 'k', counter: 0, createdAt: 1, usedAt: 1 }
    expect([await store.addPasskey(key), await store.addPasskey({ ...key, account: 'b' })]).toEqual([true, false])
    await store.usePasskey(key.id, 7, 9)
    expect(await store.namePasskey('b', key.id, 'Milik saya')).toBe(false)
    expect(await store.listPasskeys('a')).toEqual([{ ...key, counter: 7, usedAt: 9 }])
    expect([await store.dropPasskey('b', key.id, false), await store.dropPasskey('a', key.id, false)]).toEqual([
      'none',
      'done',
    ])
    for (const id of ['1', '2']) await store.addPasskey({ ...key, id })
    const dropped = await Promise.all(['1', '2'].map((id) => store.dropPasskey('a', id, true)))
    expect(dropped.toSorted()).toEqual(['done', 'last'])
    expect([await store.spend('h', 5, 1), await store.spend('h', 5, 2), await store.spend('h', 9, 6)]).toEqual([
      ...[true, false, true],
    ])
  })

  test('who joined by a code takes his rights along into an account, once', async () => {
    const { space, invite } = await openSpace()
    const sari = await openMember(space, await invite('viewer'), 'sari@contoh.example')
    const second = server.openBrowser()
    await signIn(second, { email: 'sari@contoh.example', password: 'sebuah kalimat sandi' })
    await enrol(second)
    for (const browser of [sari, second])
      expect((await (await browser.get('/api/v1/session')).json()).spaces).toMatchObject([{ space, role: 'viewer' }])
    const again = { name: 'Sari', email: 'lagi@contoh.example', password: 'sebuah kalimat sandi' }
    expect(await statusAndKind(await sari.post(`/api/v1/spaces/${space}/account`, again))).toEqual([409, 'used'])
    const other = server.openBrowser()
    await enrol(other, await invite('viewer'))
    const taken = await other.post(`/api/v1/spaces/${space}/account`, { ...again, email })
    expect(await statusAndKind(taken)).toEqual([409, 'emailTaken'])
  })
})

test('waiting grows to a quarter of an hour and no further', () => {
  expect([0, 4, 5, 6, 7, 14, 15, 1000].map((count) => delayMs(count))).toEqual([
    ...[0, 0, 2000, 4000, 8000],
    ...[900_000, 900_000, 900_000],
  ])
})
