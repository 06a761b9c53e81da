import { expect } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { type Browser, enrol, makeOps, makePush, makeServer, openOrganizer, type TestDevice } from './server.ts'

/** A browser and the device that it is enrolled as. */
export type Caller = { browser: Browser; device: TestDevice }

/**
 * A server with an organizer of the organization and an event of his (`space`), and what one does to another's rights.
 */
export async function openTeamSite(given?: Awaited<ReturnType<typeof makeServer>>) {
  const server = given ?? (await makeServer())
  const organizer: Caller = await openOrganizer(server)
  const space = newId()

  async function openEvent(id: string): Promise<void> {
    const { browser, device } = organizer
    await browser.post(`/api/v1/spaces/${id}/push`, makePush(device, id, makeOps(1)).request)
  }
  await openEvent(space)

  async function invite(by: Caller, role: string, inSpace = space): Promise<Caller & { code: string }> {
    const { code } = await (await by.browser.post(`/api/v1/spaces/${inSpace}/invites`, { role })).json()
    const browser = server.openBrowser()
    return { browser, device: await enrol(browser, code), code }
  }
  /** Pushes one op; the status of the answer, and what became of the op. */
  async function push({ browser, device }: Caller, from: number, inSpace = space) {
    const { request } = makePush(device, inSpace, makeOps(1, from))
    const response = await browser.post(`/api/v1/spaces/${inSpace}/push`, request)
    return [response.status, (await response.json()).results?.[0]?.state]
  }
  const setRight = (by: Caller, of: TestDevice, role: string | null, inSpace = space) =>
    by.browser.post(`/api/v1/spaces/${inSpace}/rights`, { subject: `device:${of.dev}`, role, reason: 'Pindah tugas' })
  const change = (by: Caller, of: TestDevice, message: object, inSpace = space) =>
    by.browser.post(`/api/v1/spaces/${inSpace}/devices/${of.dev}`, message)
  const teamOf = async ({ browser }: Caller): Promise<{ dev: string; subject: string; lastSeenAt: number }[]> =>
    (await (await browser.get(`/api/v1/spaces/${space}/team`)).json()).members
  return { server, organizer, space, openEvent, invite, push, setRight, change, teamOf }
}

/** What became of the ops of a push that was taken. */
export async function resultsOf(response: Response) {
  expect(response.status).toBe(200)
  return (await response.json()).results
}

export const revoke = { change: 'revoke', reason: 'Ponsel hilang' }
export const kindOf = async (response: Response) => [response.status, (await response.json()).kind]
export const statusOf = async (browser: Browser, path: string) => (await browser.get(`/api/v1${path}`)).status
export const sessionOf = async ({ browser }: Caller) => (await browser.get('/api/v1/session')).json()
