import { expect, onTestFinished } from 'vitest'
import type { SignInRequest } from '../../src/protocol/account.ts'
import { newId } from '../../src/server/auth/keys.ts'
import type { Store } from '../../src/server/store/store.ts'
import { type Browser, enrol, makeOps, makePush, makeServer, openOrganizer, organizer } from './server.ts'

/** A server with its first organizer, signed in (`own`), until the test is over. */
export async function openAccountSite(openStore: () => Promise<Store>) {
  const server = await makeServer(await openStore())
  onTestFinished(() => server.deps.store.close())
  const { browser: own } = await openOrganizer(server)

  /** Another browser of the organizer's, signed in and enrolled. */
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
  return { server, own, openSecond, openSpace, openMember }
}

export const statusAndKind = async (response: Response) => [response.status, (await response.json()).kind]
export const isSignedIn = async (browser: Browser) =>
  (await (await browser.get('/api/v1/session')).json()).account !== null

/** Signs in, as the first organizer unless somebody else is `given`. */
export function signIn(browser: Browser, given?: SignInRequest): Promise<Response> {
  const { email, password } = organizer
  return browser.post('/api/v1/sign-in', given ?? { email, password })
}
