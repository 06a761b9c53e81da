import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { pino } from 'pino'
import { writeMeta } from '../../src/client/db/meta.ts'
import { pendingRows, toOp } from '../../src/client/db/outbox.ts'
import { pagesAbove, unpackOps } from '../../src/client/db/pages.ts'
import { createDatabase, type Database, type DeviceRow } from '../../src/client/db/schema.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { createBallots } from '../../src/client/state/ballots.ts'
import { recordGate } from '../../src/client/state/gate.ts'
import { createSpaces, type NewEvent } from '../../src/client/state/spaces.ts'
import { createAccount } from '../../src/client/sync/account.ts'
import { createAttendees } from '../../src/client/sync/attendee.ts'
import { createClock } from '../../src/client/sync/clock.ts'
import { createClockedLink } from '../../src/client/sync/clockedLink.ts'
import { createEngine } from '../../src/client/sync/engine.ts'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { createRescue } from '../../src/client/sync/rescue.ts'
import { fold } from '../../src/core/fold.ts'
import { versionHeader } from '../../src/protocol/version.ts'
import { createApp } from '../../src/server/app.ts'
import { createDeps } from '../../src/server/start.ts'
import { openSqlite } from '../../src/server/store/sqlite.ts'
import { canonicalState } from '../support/canonicalState.ts'
import { openTestContent } from '../support/server.ts'

/** Dexie's live queries look for the browser's IndexedDB, whichever one a database was given. */
Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

const origin = 'http://localhost:8080'
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/** The real server over a real SQLite file; requests reach it without a socket. */
export async function createServer() {
  const folder = await mkdtemp(join(tmpdir(), 'hadir-sync-'))
  const copies: string[] = []
  let running = await run()

  async function run() {
    const opened = await openSqlite(folder)
    if (!opened.ok) throw new Error(opened.failure.kind)
    const deps = await createDeps(opened.value, 0, await openTestContent(folder))
    const log = pino({ level: 'silent' })
    return { deps, app: createApp(deps, { distFolder: folder, publicUrl: undefined, proxies: 0, log }) }
  }

  return {
    fetch: (request: Request) => Promise.resolve(running.app.fetch(request)),
    issueSetup: () => running.deps.setup.issue(Date.now()),
    deps: () => running.deps,
    store: () => running.deps.store,
    backup: async () => {
      await running.deps.store.close()
      const copy = await mkdtemp(join(tmpdir(), 'hadir-backup-'))
      await cp(folder, copy, { recursive: true })
      copies.push(copy)
      running = await run()
      return copy
    },
    restore: async (copy: string) => {
      await running.deps.store.close()
      await rm(folder, { recursive: true })
      await cp(copy, folder, { recursive: true })
      running = await run()
    },
    stop: async () => {
      await running.deps.store.close()
      for (const path of [folder, ...copies]) await rm(path, { recursive: true })
    },
  }
}
export type Server = Awaited<ReturnType<typeof createServer>>

/** What may go wrong on the way: the request is lost, the answer is lost, or something else answers. */
export type Network = 'up' | 'down' | 'answerLost' | 'portal'

/**
 * `copyOf`: starts with another device's key and cookies, as a browser profile that was copied does; without the key,
 * as one whose storage was cleared. `found`: what lies there before the app starts.
 */
export type DeviceOptions = {
  clockErrorMs?: number
  random?: () => number
  copyOf?: { row?: DeviceRow; cookies: Map<string, string> }
  found?: (db: Database) => Promise<unknown>
}

/** A browser with its own IndexedDB, cookies, clock and network; the client's real code, a round at a time. */
export async function createDevice(server: Pick<Server, 'fetch'>, name: string, options: DeviceOptions = {}) {
  const cookies = new Map<string, string>(options.copyOf?.cookies)
  /** `gate`: requests wait for it; `version`: what an older app says that it speaks. */
  const net = { state: 'up' as Network, calls: 0, gate: Promise.resolve(), version: undefined as string | undefined }
  const wall = () => Date.now() + (options.clockErrorMs ?? 0)

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    net.calls++
    await net.gate
    if (net.state === 'down') throw new TypeError('Failed to fetch')
    if (net.state === 'portal') return new Response('<html>Masuk Wi-Fi</html>')
    const headers = new Headers(init?.headers)
    headers.set('Origin', origin)
    if (net.version !== undefined) headers.set(versionHeader, net.version)
    if (init?.credentials !== 'omit')
      headers.set('Cookie', [...cookies].map(([key, value]) => `${key}=${value}`).join('; '))
    const response = await server.fetch(new Request(new URL(String(input), origin), { ...init, headers }))
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(key, value)
    }
    if (net.state === 'answerLost') throw new TypeError('Failed to fetch')
    return response
  }

  const db = createDatabase(`hadir-${crypto.randomUUID()}`, { indexedDB: new IDBFactory(), IDBKeyRange })
  if (options.copyOf?.row) await writeMeta(db, options.copyOf.row)
  await options.found?.(db)
  const clock = await createClock(db)
  const link = createClockedLink(createHttpLink('/api/v1', send), clock, wall)
  const identity = await createIdentity({ db, link, deviceName: name, onChange: () => undefined })
  const engine = createEngine({
    db,
    link,
    isEnrolled: () => identity.known().enrolled,
    renewDevice: identity.renew,
    refreshSession: identity.refresh,
    leave: identity.leave,
    wall,
    random: options.random ?? Math.random,
    isVisible: () => false,
    exclusively: async (round) => {
      await round()
      return true
    },
    onStatus: () => undefined,
  })
  const author = createAuthor({
    dev: () => identity.device().dev,
    device: identity.device,
    wall,
    offsetMs: clock.offsetMs,
    random: randomBytes,
    onCommit: () => undefined,
  })
  const spaces = createSpaces(db, author, randomBytes)

  async function open(space: string) {
    const opened = await spaces.open(space)
    if (!opened) throw new Error('This device does not hold the space')
    return opened
  }

  /** What this device holds, folded from its database alone. */
  async function state(space: string): Promise<string> {
    const row = await db.spaces.get(space)
    const pages = await pagesAbove(db, space, 0)
    const pulled = pages.flatMap(unpackOps).map(([, dev, n, wall, at, body]) => ({ dev, n, wall, at, body }))
    return canonicalState(fold([...pulled, ...(await pendingRows(db, space, row?.seq ?? 0)).map(toOp)]))
  }

  const account = createAccount({ db, link, identity, engine, solve: async () => undefined })
  const attendees = createAttendees({ db, link, identity, engine })
  const rescue = createRescue({ db, link, identity, wall, onDelivered: () => undefined })
  const ballots = await createBallots({ db, wall, onKept: () => undefined })
  const { syncNow: sync } = engine
  return {
    name,
    db,
    net,
    cookies,
    link,
    identity,
    engine,
    author,
    spaces,
    ballots,
    account,
    attendees,
    rescue,
    open,
    state,
    sync,
  }
}
export type Device = Awaited<ReturnType<typeof createDevice>>

/** The app is opened anew: over the same database and cookies, and nothing else is left of the tab. */
export async function reopen(server: Pick<Server, 'fetch'>, device: Device, random = Math.random): Promise<Device> {
  device.engine.stop()
  const { db, cookies } = device
  const copyOf = { row: device.identity.device(), cookies }
  const again = await createDevice(server, device.name, { copyOf, random })
  for (const table of db.tables) await again.db.table(table.name).bulkPut(await table.toArray())
  return again
}

export const anEvent: NewEvent = {
  title: 'Sosialisasi Contoh',
  institution: 'Inspektorat Contoh',
  institutionWord: 'OPD',
  namesReaders: false,
  venue: 'Aula Contoh',
  city: 'Serang',
  mode: 'luring',
  zone: 'WIB',
  letterhead: [],
  signatories: { left: undefined, right: undefined },
  roles: ['peserta', 'narasumber'],
}

/** An organizer's device with one event and its one session, on the server. */
export async function createOrganizer(server: Pick<Server, 'fetch' | 'issueSetup'>) {
  const device = await createDevice(server, 'Kantor')
  const created = await device.account.setUp({
    token: server.issueSetup(),
    name: 'Penyelenggara Contoh',
    email: 'penyelenggara@contoh.example',
    password: 'kata-sandi-contoh',
  })
  if (!created.ok) throw new Error(created.failure.kind)
  await device.sync()
  const space = await device.spaces.createEvent(anEvent, [
    { title: 'Hari 1', day: '2026-11-23', start: '09:00', end: '' },
  ])
  await device.sync()
  const opened = await device.open(space)
  const session = opened.sessions.value[0]?.id ?? ''
  return { device, space, session, opened }
}

export type Organizer = Awaited<ReturnType<typeof createOrganizer>>

/** A facilitator's phone, enrolled with a code and holding the event. */
export async function createFacilitator(
  server: Pick<Server, 'fetch'>,
  organizer: Device,
  space: string,
  name: string,
  options?: DeviceOptions,
) {
  const invite = await organizer.account.invite(space, 'facilitator')
  if (!invite.ok) throw new Error(invite.failure.kind)
  const device = await createDevice(server, name, options)
  const joined = await device.account.join({ code: invite.value.code, holder: name })
  if (!joined.ok) throw new Error(joined.failure.kind)
  return device
}

/**
 * A server with one event, and the three who work on it: the organizer's device, and the phones of Siti and Rahmat. Who
 * joins them later is added to `devices`, all of which `stop` stops.
 */
export async function createTeam() {
  const server = await createServer()
  const organizer = await createOrganizer(server)
  const { space, session } = organizer
  const siti = await createFacilitator(server, organizer.device, space, 'Siti')
  const rahmat = await createFacilitator(server, organizer.device, space, 'Rahmat')
  const devices = [organizer.device, siti, rahmat]
  return {
    ...{ server, organizer, space, session, siti, rahmat, devices },
    stop: async () => {
      for (const device of devices) device.engine.stop()
      await server.stop()
    },
  }
}

/** Opens a gate as a facilitator does: the server's code, and its record in the log. */
export async function openGate(device: Device, space: string): Promise<string> {
  const opened = await device.open(space)
  const id = opened.newId()
  const answer = await device.attendees.gate(space, { open: id, close: null })
  if (!answer.ok || answer.value.code === null) throw new Error('no gate')
  await recordGate(opened, id, answer.value.code)
  await device.sync()
  return answer.value.code
}

/** The server's own state of a space: its log folded by the same function. */
export async function serverState(server: Pick<Server, 'store'>, space: string): Promise<string> {
  const page = await server.store().readPage(space, undefined, { maxOps: 100_000, maxBytes: 100_000_000 })
  if (page?.state !== 'page') throw new Error('The server does not hold the space')
  return canonicalState(fold(page.ops))
}
