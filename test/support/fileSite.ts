import { join } from 'node:path'
import { newId } from '../../src/server/auth/keys.ts'
import { anEvent, createWriter, filesUrl } from './files.ts'
import { type Browser, enrol, makeServer, openOrganizer, openTestContent, temporaryFolder } from './server.ts'

/** What the server takes at once, in bytes. */
export const chunkBytes = 524_288
export const dayMs = 86_400_000

/** A server that keeps files on a disk of its own, an organizer of it (`team`) and an event of his (`space`). */
export async function openFileSite() {
  const folder = temporaryFolder()
  const server = await makeServer(undefined, undefined, 0, await openTestContent(folder))
  const { browser: team, device } = await openOrganizer(server)
  const write = createWriter(team, device)

  async function newSpace(): Promise<string> {
    const id = newId()
    await write(id, [anEvent(id)])
    return id
  }
  const space = await newSpace()

  async function joinWith(answer: Response): Promise<Browser> {
    const browser = server.openBrowser()
    await enrol(browser, (await answer.json()).code)
    return browser
  }
  const joinAs = async (role: 'facilitator' | 'viewer', to = space) =>
    joinWith(await team.post(`/api/v1/spaces/${to}/invites`, { role }))
  const attend = async () => joinWith(await team.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null }))

  const read = (browser: Browser, hash: string, headers = {}) => browser.send(`${filesUrl(space)}/${hash}`, { headers })
  async function statusOf(browser: Browser, hash: string): Promise<number> {
    const { status, body } = await read(browser, hash)
    await body?.cancel()
    return status
  }
  /** Where the disk keeps what has come of an upload. */
  const partOf = (hash: string) => join(folder, 'blobs/parts', `${space}.${hash}`)
  return { folder, server, team, write, space, newSpace, joinAs, attend, read, statusOf, partOf }
}

/** What an answer says: its body, or why it refuses. */
export async function said(answer: Promise<Response> | Response): Promise<unknown> {
  const response = await answer
  return response.ok ? response.json() : [response.status, (await response.json()).kind]
}
