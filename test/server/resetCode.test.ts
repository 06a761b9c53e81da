import { describe, expect, test } from 'vitest'
import { dayMs } from '../../src/core/time.ts'
import { isSignedIn, openAccountSite, signIn, statusAndKind } from '../support/accountSite.ts'
import { type Browser, organizer } from '../support/server.ts'
import { eachStore } from '../support/stores.ts'

const { email } = organizer

describe.each(eachStore())('a reset code on %s', (_, open) => {
  const askCode = (browser: Browser, asked = 'sari@contoh.example') =>
    browser.post('/api/v1/reset-codes', { email: asked })
  const use = (browser: Browser, code: string, given: object = {}) =>
    browser.post('/api/v1/reset', {
      ...{ email: 'sari@contoh.example', code, password: 'kalimat yang lebih baru' },
      ...given,
    })

  /** The organizer, Sari, who has forgotten her password, and a code for her. */
  async function openSari() {
    const site = await openAccountSite(open)
    const { space, invite } = await site.openSpace()
    const sari = await site.openMember(space, await invite('facilitator'), 'sari@contoh.example')
    const { code } = await (await askCode(site.own)).json()
    return { ...site, space, invite, sari, code }
  }

  test('sets a new password once, signs in, and ends every other session', async () => {
    const { server, sari, code } = await openSari()
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
    const { server, code } = await openSari()
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
    const { server, own, code } = await openSari()
    const { code: next } = await (await askCode(own)).json()
    expect(await statusAndKind(await use(server.openBrowser(), code))).toEqual([404, 'notFound'])
    server.clock.now += dayMs
    expect(await statusAndKind(await use(server.openBrowser(), next))).toEqual([410, 'expired'])
  })

  test('opens only its own person’s account; a wrong e-mail, a wrong code and no account are the same', async () => {
    const { server, code } = await openSari()
    for (const given of [{ email }, { email: 'tiada@contoh.example' }, { code: 'AAAA-BBBB-CCCC' }])
      expect(await statusAndKind(await use(server.openBrowser(), code, given))).toEqual([404, 'notFound'])
  })

  test('is not found by guessing: wrong codes wait, under whatever e-mail, and the right one never does', async () => {
    const { server, code } = await openSari()
    const invented = (email: string) => use(server.openBrowser(), 'AAAA-BBBB-CCCC', { email })
    await server.deps.guesses.take('reset', 998)
    const statuses = []
    for (const name of ['sari', 'tiada', 'sari', 'lain'])
      statuses.push((await invented(`${name}@contoh.example`)).status)
    expect(statuses).toEqual([404, 404, 429, 429])
    expect(Number((await invented(email)).headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await use(server.openBrowser(), code, { email })).status).toBe(429)
    expect((await use(server.openBrowser(), code)).status).toBe(200)
  })

  test('ends with what its maker might do, and with what its person may do more', async () => {
    const { server, own, openMember, space, invite } = await openSari()
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

  test('is made only for who may do no more than the organizer, and never for oneself', async () => {
    const { own, openMember, space, invite, sari } = await openSari()
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
