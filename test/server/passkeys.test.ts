import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { statusAndKind } from '../support/accountSite.ts'
import { createAuthenticator } from '../support/authenticator.ts'
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

const fromSite = { Origin: 'http://localhost:8080', Host: 'localhost:8080' }
const post = (browser: Browser, path: string, message: unknown = {}) =>
  browser.post(`/api/v1${path}`, message, fromSite)
const read = async (answer: Promise<Response>) => (await answer).json()

let server: TestServer
let own: Browser
let authenticator: ReturnType<typeof createAuthenticator>
beforeEach(async () => {
  server = await makeServer()
  own = (await openOrganizer(server)).browser
  authenticator = createAuthenticator()
})

type Change = { origin?: string; isVerified?: boolean; challenge?: string }

async function add(browser = own, change: Change = {}): Promise<Response> {
  const ceremony = await read(post(browser, '/account/passkey-challenge'))
  return post(browser, '/account/passkeys', { name: 'Ponsel', ...authenticator.make({ ...ceremony, ...change }) })
}

async function assertion(change: Change = {}) {
  const ceremony = await read(post(server.openBrowser(), '/sign-in/passkey-challenge'))
  return authenticator.get({ ...ceremony, ...change })
}

const passkeysOf = async (browser: Browser) => (await (await browser.get('/api/v1/account')).json()).passkeys

describe('a passkey', () => {
  test('is added, signs in on another device, is named and removed', async () => {
    expect((await add()).status).toBe(200)
    const other = server.openBrowser()
    expect((await post(other, '/sign-in/passkey', await assertion())).status).toBe(200)
    expect((await (await other.get('/api/v1/session')).json()).account.email).toBe(organizer.email)
    const [{ id }] = await passkeysOf(own)
    await post(own, '/account/passkeys/change', { id, name: 'Kunci kantor' })
    expect(await passkeysOf(own)).toMatchObject([{ name: 'Kunci kantor' }])
    expect((await post(own, '/account/passkeys/change', { id, name: null })).status).toBe(200)
    expect(await passkeysOf(own)).toEqual([])
    const refused = await post(server.openBrowser(), '/sign-in/passkey', await assertion())
    expect(await statusAndKind(refused)).toEqual([401, 'unknownPasskey'])
    const kinds = (await server.deps.store.audit.read({ most: 9 })).map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['passkeyAdded', 'passkeyRemoved', 'signedIn']))
  })

  test('signs in once per challenge, for five minutes', async () => {
    authenticator = createAuthenticator({ isSynced: true })
    await add()
    const first = await assertion()
    expect((await post(server.openBrowser(), '/sign-in/passkey', first)).status).toBe(200)
    expect((await post(server.openBrowser(), '/sign-in/passkey', first)).status).toBe(401)
    const late = await assertion()
    server.clock.now += 5 * 60_000
    expect((await post(server.openBrowser(), '/sign-in/passkey', late)).status).toBe(401)
  })

  test('is not called wrong when the database does not answer', async () => {
    await add()
    const signed = await assertion()
    server.deps.store.spend = () => Promise.reject(new Error('no answer'))
    expect(await statusAndKind(await post(server.openBrowser(), '/sign-in/passkey', signed))).toEqual([
      500,
      'serverError',
    ])
  })

  test('that counts its uses is refused once a copy of it was used', async () => {
    await add()
    const [own, copy] = [await assertion(), await assertion()]
    expect((await post(server.openBrowser(), '/sign-in/passkey', copy)).status).toBe(200)
    expect((await post(server.openBrowser(), '/sign-in/passkey', own)).status).toBe(401)
  })

  test.each<[string, Change]>([
    ['for another site', { origin: 'http://localhost.example:8080' }],
    ['without its person', { isVerified: false }],
    ['for a challenge that was not ours', { challenge: Buffer.from('a.99999999999999.b').toString('base64url') }],
  ])('%s is refused, new or known', async (_, change) => {
    expect((await add(own, change)).status).toBe(400)
    expect((await add()).status).toBe(200)
    const refused = await post(server.openBrowser(), '/sign-in/passkey', await assertion(change))
    expect(await statusAndKind(refused)).toEqual([401, 'unknownPasskey'])
  })

  test('is not signed by another key under its name', async () => {
    await add()
    const { id } = await assertion()
    const forged = createAuthenticator().get(await read(post(own, '/sign-in/passkey-challenge')))
    expect((await post(server.openBrowser(), '/sign-in/passkey', { ...forged, id })).status).toBe(401)
  })

  test('is enough to make an account of who joined by a code, on that device alone', async () => {
    const space = newId()
    const device = await enrol(own)
    await own.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const invite = async () => (await own.post(`/api/v1/spaces/${space}/invites`, { role: 'viewer' })).json()
    const [member, other] = [server.openBrowser(), server.openBrowser()]
    for (const browser of [member, other]) await enrol(browser, (await invite()).code)
    const person = { name: 'Sari Contoh', email: 'sari@contoh.example' }
    const ceremony = await read(post(member, `/spaces/${space}/passkey-challenge`))
    const made = { ...person, passkey: { name: 'Ponsel', ...authenticator.make(ceremony) } }
    expect((await post(other, `/spaces/${space}/account`, made)).status).toBe(400)
    expect((await post(member, `/spaces/${space}/account`, person)).status).toBe(400)
    const again = await read(post(member, `/spaces/${space}/passkey-challenge`))
    const fresh = { ...person, passkey: { name: 'Ponsel', ...authenticator.make(again) } }
    expect((await post(member, `/spaces/${space}/account`, fresh)).status).toBe(200)
    expect(await passkeysOf(member)).toMatchObject([{ name: 'Ponsel' }])
    const second = server.openBrowser()
    expect((await post(second, '/sign-in/passkey', await assertion())).status).toBe(200)
  })

  test('that is the last way in stays, also when two are removed at one moment', async () => {
    const space = newId()
    const device = await enrol(own)
    await own.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const { code } = await read(own.post(`/api/v1/spaces/${space}/invites`, { role: 'viewer' }))
    const member = server.openBrowser()
    await enrol(member, code)
    const ceremony = await read(post(member, `/spaces/${space}/passkey-challenge`))
    const person = { name: 'Sari Contoh', email: 'sari@contoh.example' }
    const passkey = { name: 'Ponsel', ...authenticator.make(ceremony) }
    expect((await post(member, `/spaces/${space}/account`, { ...person, passkey })).status).toBe(200)
    authenticator = createAuthenticator()
    expect((await add(member)).status).toBe(200)
    const remove = ({ id }: { id: string }) => post(member, '/account/passkeys/change', { id, name: null })
    const removed = await Promise.all((await passkeysOf(member)).map(remove))
    expect(removed.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const [left] = await passkeysOf(member)
    expect(await statusAndKind(await remove(left))).toEqual([409, 'lastWayIn'])
  })

  test('is added only by who has just signed in, and to no second account', async () => {
    /** A clock that was put back since does not make it just now. */
    for (const passed of [-1, 2]) {
      server.clock.now += passed * 15 * 60_000
      expect(await statusAndKind(await post(own, '/account/passkey-challenge'))).toEqual([403, 'signInAgain'])
    }
    const { email, password } = organizer
    await own.post('/api/v1/sign-in', { email, password })
    expect((await add()).status).toBe(200)
    expect(await statusAndKind(await add())).toEqual([409, 'used'])
    const forSignIn = await read(post(own, '/sign-in/passkey-challenge'))
    authenticator = createAuthenticator()
    expect((await add(own, forSignIn)).status).toBe(400)
  })
})

test.each([
  ['/sign-in/passkey'],
  ['/account/passkeys'],
  ['/account/passkeys/change'],
  ['/account/passkey-challenge'],
  ['/sign-in/passkey-challenge'],
  ['/account/name'],
  ['/account/password'],
  ['/account/sign-outs'],
  ['/sso'],
  ['/reset'],
  ['/reset-codes'],
])('%s takes no call from a foreign page', async (path) => {
  const foreign = { Origin: 'https://jahat.example', Host: 'localhost:8080' }
  expect((await own.post(`/api/v1${path}`, {}, foreign)).status).toBe(403)
  const form = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' }
  expect((await own.send(`/api/v1${path}`, form)).status).toBe(400)
})
