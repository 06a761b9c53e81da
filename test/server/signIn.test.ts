import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { Puzzle } from '../../src/core/puzzle.ts'
import { dayMs } from '../../src/core/time.ts'
import { openAccounts } from '../../src/server/auth/accounts.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createTries, delayMs } from '../../src/server/auth/tries.ts'
import { keepSettling } from '../../src/server/keepSettling.ts'
import { openAccountSite, signIn } from '../support/accountSite.ts'
import { solvePuzzle } from '../support/puzzle.ts'
import { organizer } from '../support/server.ts'
import { eachStore } from '../support/stores.ts'

const { email, password } = organizer
const wrong = { email, password: 'bukan kata sandinya' }

describe.each(eachStore())('signing in on %s', (_, open) => {
  describe('wrong passwords', () => {
    test('make their own address wait, longer each time, and nobody else', async () => {
      const { server, own } = await openAccountSite(open)
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
      const { server } = await openAccountSite(open)
      const browser = server.openBrowser()
      for (let i = 0; i < 4; i++) await signIn(browser, wrong)
      expect((await signIn(browser)).status).toBe(200)
      for (let i = 0; i < 4; i++) expect((await signIn(server.openBrowser(), wrong)).status).toBe(401)
      server.clock.now += dayMs + 1
      for (let i = 0; i < 5; i++) expect((await signIn(server.openBrowser(), wrong)).status).toBe(401)
    })

    test('of many addresses leave each further one a single try, and the owner’s device all', async () => {
      const { server } = await openAccountSite(open)
      const tries = createTries(server.deps.store)
      const now = 1_000_000
      const take = (address: string) => tries.take(email, { address }, now)
      for (let i = 0; i < 100; i++) expect(await take(`2001:db8:0:${i}::1`)).toBe(0)
      expect([await take('192.0.2.1'), await take('192.0.2.1')]).toEqual([0, 2000])
      for (let i = 0; i < 5; i++) expect(await tries.take(email, { device: 'own' }, now)).toBe(0)
    })

    test('that fill the line from everywhere leave a device that the account knows its turn', async () => {
      const { server, own } = await openAccountSite(open)
      let isOver = false
      const flood = Array.from({ length: 41 }, async (_, i) => {
        const pause = () => new Promise(setImmediate)
        while (!isOver) if (!(await server.deps.turns({ place: { address: `${i}` }, email }, pause)).ok) await pause()
      })
      expect((await signIn(own)).status).toBe(200)
      isOver = true
      await Promise.all(flood)
    })

    test('that come all at once are counted one by one', async () => {
      const { server } = await openAccountSite(open)
      const tries = createTries(server.deps.store)
      const waits = await Promise.all(Array.from({ length: 20 }, () => tries.take(email, { address: 'a' }, 1_000_000)))
      expect(waits.filter((ms) => ms === 0)).toHaveLength(5)
    })

    test('cost the same slow hash for an account that there is not', async () => {
      const { server } = await openAccountSite(open)
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

  describe('a puzzle', () => {
    /** A stranger and the account's owner behind one address, where the stranger has used up the free tries. */
    async function openVillage() {
      const site = await openAccountSite(open)
      const [stranger, person] = [site.server.openBrowser(), site.server.openBrowser()]
      for (let i = 0; i < 5; i++) await signIn(stranger, wrong)
      const puzzleFor = async (asked: string): Promise<Puzzle> =>
        (await (await signIn(person, { email: asked, password })).json()).puzzle
      return { ...site, stranger, person, puzzleFor }
    }

    test('comes with the refusal, and its solution is a try of one’s own that leaves the others’ as they were', async () => {
      const { server, stranger, person, puzzleFor } = await openVillage()
      const bad = { ...wrong, solution: await solvePuzzle(await puzzleFor(email)) }
      const before = await signIn(stranger)
      expect((await signIn(person, bad)).status).toBe(401)
      const after = await signIn(stranger)
      expect([before, after].map(({ headers }) => headers.get('Retry-After'))).toEqual(['2', '2'])
      const again = await (await signIn(person, { ...bad, password })).json()
      expect(again).toMatchObject({ kind: 'tooMany', puzzle: { odds: 4 } })
      expect((await signIn(person, { email, password, solution: await solvePuzzle(again.puzzle) })).status).toBe(200)
      expect(await server.deps.tries.isBusy(email, server.clock.now)).toBe(false)
    })

    test('is the same for an account that there is not, and the owner’s device needs none', async () => {
      const { own, stranger, person, puzzleFor } = await openVillage()
      const nobody = 'tiada@contoh.example'
      for (let i = 0; i < 5; i++) await signIn(stranger, { ...wrong, email: nobody })
      const refused = await (await signIn(stranger, { ...wrong, email: nobody })).json()
      const known = await puzzleFor(email)
      expect(refused).toEqual({
        ...{ kind: 'tooMany', retryAfterMs: 2000 },
        puzzle: { ...known, token: expect.stringMatching(/^4\.\d+\.[\w-]{43}\.[\w-]{43}$/) },
      })
      const solution = await solvePuzzle(refused.puzzle)
      expect((await signIn(person, { email: nobody, password, solution })).status).toBe(401)
      expect((await signIn(person, { email, password, solution })).status).toBe(429)
      for (let i = 0; i < 5; i++) await signIn(own, wrong)
      expect(await (await signIn(own, wrong)).json()).toEqual({ kind: 'tooMany', retryAfterMs: 2000 })
    })

    test('gets harder by what was paid for, too', async () => {
      const { server, person, puzzleFor } = await openVillage()
      const { deps, clock } = server
      for (let i = 0; i < 94; i++) await deps.tries.count(email, clock.now)
      expect((await signIn(person, { ...wrong, solution: await solvePuzzle(await puzzleFor(email)) })).status).toBe(401)
      expect(await puzzleFor(email)).toMatchObject({ odds: 16 })
      clock.now += dayMs
      expect(await deps.tries.isBusy(email, clock.now)).toBe(false)
    })
  })

  test('failed sign-ins are in the history by account and hour, and nothing of accounts that there are not', async () => {
    const { server, own } = await openAccountSite(open)
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

  test('a passkey is kept once, for its own account, and what is single-use is spent once', async () => {
    const { server } = await openAccountSite(open)
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
})

test('waiting grows to a minute and no further', () => {
  expect([0, 4, 5, 6, 7, 9, 10, 1000].map((count) => delayMs(count))).toEqual([
    ...[0, 0, 2000, 4000, 8000],
    ...[32_000, 60_000, 60_000],
  ])
})
