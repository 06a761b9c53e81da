import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { readConfig } from '../../src/server/config.ts'
import { isSignedIn, statusAndKind } from '../support/accountSite.ts'
import {
  type Citizen,
  clientId,
  clientSecret,
  type Fault,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identityProvider.ts'
import {
  type Browser,
  enrol,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  type TestServer,
} from '../support/server.ts'

const publicUrl = 'https://hadir.contoh.example'
let provider: IdentityProvider
let server: TestServer
let own: Browser

beforeAll(async () => {
  provider = await startIdentityProvider()
  provider.state.redirectUri = `${publicUrl}/api/v1/sso/return`
})
afterAll(() => provider.stop())
beforeEach(async () => {
  Object.assign(provider.state, { citizen: undefined, fault: undefined, isTerse: false })
  const oidc = { issuer: provider.issuer, clientId, clientSecret, name: 'SSO Contoh' }
  server = await makeServer(undefined, undefined, 0, undefined, { publicUrl, oidc })
  own = (await openOrganizer(server)).browser
})

const leave = (browser: Browser, why = 'signIn') => browser.post('/api/v1/sso', { for: why })

/** There and back: what the server leads the browser to. */
async function travel(browser: Browser, citizen: Citizen | undefined, why?: string): Promise<string | null> {
  provider.state.citizen = citizen
  const { url } = await (await leave(browser, why)).json()
  const back = new URL(provider.visit(url))
  return (await browser.get(back.pathname + back.search)).headers.get('Location')
}

const verified = (email: string, sub = email): Citizen => ({ sub, name: 'Sari Contoh', email, email_verified: true })

async function openMember(): Promise<Browser> {
  const space = newId()
  const device = await enrol(own)
  await own.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
  const invited = await own.post(`/api/v1/spaces/${space}/invites`, { role: 'facilitator' })
  const browser = server.openBrowser()
  await enrol(browser, (await invited.json()).code)
  return browser
}

describe('a sign-in elsewhere', () => {
  test('opens the account whose proven e-mail it vouches for, and from then on by who it is', async () => {
    const first = server.openBrowser()
    expect(await travel(first, verified(organizer.email.toUpperCase(), '7'))).toBe('/masuk?sso=ok')
    expect(await isSignedIn(first)).toBe(true)
    expect(await travel(server.openBrowser(), { sub: '7' })).toBe('/masuk?sso=ok')
    provider.state.isTerse = true
    expect(await travel(server.openBrowser(), verified(organizer.email, '8'))).toBe('/masuk?sso=ok')
  })

  test('gives a stranger nothing, and makes nothing of him', async () => {
    const browser = server.openBrowser()
    expect(await travel(browser, verified('asing@contoh.example'))).toBe('/masuk?sso=unknown')
    expect(await isSignedIn(browser)).toBe(false)
    expect(await server.deps.accounts.findByEmail('asing@contoh.example')).toBeUndefined()
  })

  test('takes no e-mail that the provider has not verified', async () => {
    const citizen = { sub: '8', email: organizer.email, email_verified: false }
    expect(await travel(server.openBrowser(), citizen)).toBe('/masuk?sso=unverified')
  })

  test('does not open an account whose e-mail somebody only typed, until its person ties it', async () => {
    const member = await openMember()
    const spaces = (await (await member.get('/api/v1/session')).json()).spaces
    await member.post(`/api/v1/spaces/${spaces[0].space}/account`, {
      ...{ name: 'Sari Contoh', email: 'sari@contoh.example', password: 'sebuah kalimat sandi' },
    })
    const sari = verified('sari@contoh.example', '9')
    expect(await travel(server.openBrowser(), sari)).toBe('/masuk?sso=notLinked')
    expect(await travel(member, sari, 'link')).toBe('/akun?sso=linked')
    expect(await travel(server.openBrowser(), sari)).toBe('/masuk?sso=ok')
    expect(await travel(own, sari, 'link')).toBe('/akun?sso=linkedElsewhere')
  })

  test('makes an account of who joined by a code, with the rights of that device', async () => {
    const member = await openMember()
    expect(await travel(member, verified('sari@contoh.example'), 'join')).toBe('/akun?sso=ok')
    const { account, spaces } = await (await member.get('/api/v1/session')).json()
    expect([account, spaces[0].role]).toEqual([{ name: 'Sari Contoh', email: 'sari@contoh.example' }, 'facilitator'])
    expect(await statusAndKind(await leave(server.openBrowser(), 'join'))).toEqual([403, 'forbidden'])
  })

  test('keeps a name on one line, and takes no e-mail or identity that the database could not hold', async () => {
    const [tidy, nameless, odd] = [await openMember(), await openMember(), await openMember()]
    const named = { ...verified('sari@contoh.example'), name: `\u0000Sari\r\n\tContoh${'😀'.repeat(120)}` }
    expect(await travel(tidy, named, 'join')).toBe('/akun?sso=ok')
    const { account } = await (await tidy.get('/api/v1/session')).json()
    expect(account.name).toMatch(/^Sari Contoh😀+$/u)
    expect(account.name.length).toBeLessThanOrEqual(200)
    const nobody = { ...verified('budi@contoh.example'), name: '\u0000\u0007' }
    expect(await travel(nameless, nobody, 'join')).toBe('/akun?sso=ok')
    expect((await (await nameless.get('/api/v1/session')).json()).account.name).toBe('Uji')
    expect(await travel(odd, verified('a\u0000b@contoh.example', '5'), 'join')).toBe('/akun?sso=unverified')
    expect(await travel(odd, verified('lain@contoh.example', 'a\u0000b'), 'join')).toBe('/akun?sso=failed')
  })

  test('is tied only by who has just signed in', async () => {
    expect(await statusAndKind(await leave(server.openBrowser(), 'link'))).toEqual([401, 'unauthorized'])
    server.clock.now += 15 * 60_000
    expect(await statusAndKind(await leave(own, 'link'))).toEqual([403, 'signInAgain'])
  })

  test('ends where it began: not in another browser, not a second time, not after giving up', async () => {
    const citizen = verified(organizer.email)
    provider.state.citizen = citizen
    const browser = server.openBrowser()
    const back = new URL(provider.visit((await (await leave(browser)).json()).url))
    const comeBack = async (as: Browser) => (await as.get(back.pathname + back.search)).headers.get('Location')
    const other = server.openBrowser()
    await leave(other)
    expect(await comeBack(server.openBrowser())).toBe('/masuk?sso=failed')
    expect(await comeBack(other)).toBe('/masuk?sso=failed')
    expect(await comeBack(browser)).toBe('/masuk?sso=ok')
    expect(await comeBack(browser)).toBe('/masuk?sso=failed')
    expect(await travel(server.openBrowser(), undefined)).toBe('/masuk?sso=cancelled')
  })

  test.each<Fault>(['nonce', 'signature', 'audience', 'issuer', 'expired'])(
    'of a wrong %s is refused',
    async (fault) => {
      provider.state.fault = fault
      const browser = server.openBrowser()
      expect(await travel(browser, verified(organizer.email))).toBe('/masuk?sso=failed')
      expect(await isSignedIn(browser)).toBe(false)
    },
  )

  test('is said to be down when its provider does not answer, and works again when it does', async () => {
    const gone = await startIdentityProvider()
    await gone.stop()
    const oidc = { issuer: gone.issuer, clientId, clientSecret, name: 'SSO Contoh' }
    const other = await makeServer(undefined, undefined, 0, undefined, { publicUrl, oidc })
    expect(await statusAndKind(await leave(other.openBrowser()))).toEqual([502, 'providerDown'])
  })
})

test('the settings of a provider come together, and with the public address', () => {
  const all = {
    HADIR_OIDC_ISSUER: 'https://sso.contoh.example/realms/asn',
    HADIR_OIDC_CLIENT_ID: 'hadir',
    HADIR_OIDC_CLIENT_SECRET: 'rahasia',
    HADIR_PUBLIC_URL: publicUrl,
  }
  expect(readConfig(all, [])).toMatchObject({ value: { oidc: { name: 'SSO', clientId: 'hadir' } } })
  for (const name of Object.keys(all)) {
    const failure = { kind: 'badSetting', detail: expect.stringContaining(`${name}: must be set`) }
    expect(readConfig({ ...all, [name]: '' }, [])).toMatchObject({ ok: false, failure })
  }
  expect(readConfig({ ...all, HADIR_OIDC_ISSUER: 'http://sso.contoh.example' }, [])).toMatchObject({ ok: false })
  expect(readConfig({}, [])).toMatchObject({ value: { oidc: undefined } })
})
