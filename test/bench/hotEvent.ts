import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { Result } from '../../src/core/result.ts'
import { dayMs } from '../../src/core/time.ts'
import { hashSecret, newId, newSecret } from '../../src/server/auth/keys.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import { openSqlite } from '../../src/server/store/sqlite.ts'
import type { Store, StoreFailure } from '../../src/server/store/store.ts'
import { findPostgres } from '../support/machine.ts'
import { startPostgres } from '../support/postgres.ts'
import {
  addressOf,
  makeDevice,
  makeDist,
  makePush,
  type ServerProcess,
  startProcess,
  type TestDevice,
  temporaryFolder,
  type WireOp,
} from '../support/server.ts'
import { inviteAll, measureReturn } from './comeBack.ts'
import { type Figure, figure, percentile } from './figure.ts'
import { inventBodies } from './inventedOps.ts'

const phones = 1_000
const opsPerPhone = 10
/** As many as the store commits together, as one statement each. */
const rowsAtOnce = 500

export type Phone = { credential: string; request: { dev: string; ops: WireOp[] } }
type Bare = (rows: unknown[][]) => Promise<void>
const zip = promisify(gzip)
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/** What is sent, once for all times. */
export const zipRequest = async (request: Phone['request']) => new Uint8Array(await zip(JSON.stringify(request)))

/**
 * Lets a device into a space, as one of the team or an attendee's, whose persons' ids begin with `owner`; its cookie.
 */
export async function letIn(store: Store, space: string, { dev, point }: TestDevice, owner?: string): Promise<string> {
  const now = Date.now()
  const credential = newSecret()
  const role =
    owner === undefined
      ? { role: 'facilitator' as const }
      : { role: 'attendee' as const, owner, expiresAt: now + 120 * dayMs }
  const rest = { name: 'Ponsel', holder: 'Uji', account: null, enrolledAt: now, seenAt: now - 3_600_000 }
  await store.putDevice({ dev, point, credential: hashSecret(credential), ...rest })
  await store.putGrant({ space, subject: `device:${dev}`, createdAt: now, revokedAt: null, ...role })
  return credential
}

/** A push that leaves nothing behind. */
export function requestOf(device: TestDevice, space: string, ops: WireOp[]) {
  return { ...makePush(device, space, ops).request, unsent: 0 }
}

/** A space with its facilitators' phones, each with check-ins that were made without a network. */
async function invite(store: Store, space: string): Promise<Phone[]> {
  const now = Date.now()
  await store.createSpace(space, newId(), now)
  const bodies = inventBodies({ people: 0, checkIns: phones * opsPerPhone, ink: true }, random).slice(1)
  const made: Phone[] = []
  for (let i = 0; i < phones; i++) {
    const device = makeDevice()
    const credential = await letIn(store, space, device)
    const own = bodies.slice(i * opsPerPhone, (i + 1) * opsPerPhone)
    const ops = own.map((body, k): WireOp => [k + 1, now + k, now + k, body])
    made.push({ credential, request: requestOf(device, space, ops) })
  }
  return made
}

/** Sends what a phone has until it is taken, as often as it is told to wait; how long that took. */
export async function pushAll(
  url: string,
  space: string,
  { credential, request }: Phone,
  sent: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const start = performance.now()
  const headers = {
    Cookie: `hadir_device=${credential}`,
    'Content-Type': 'application/json',
    'Content-Encoding': 'gzip',
  }
  for (;;) {
    const answer = await fetch(`${url}/api/v1/spaces/${space}/push`, { method: 'POST', headers, body: sent })
    const text = await answer.text()
    if (answer.ok && text.split('"committed"').length === request.ops.length + 1) return performance.now() - start
    const wait = answer.headers.get('Retry-After')
    if (wait === null) throw new Error(`refused without a time to wait: ${answer.status} ${text}`)
    await new Promise((resolve) => setTimeout(resolve, Number(wait) * 1_000))
  }
}

async function insertBare(insert: Bare, made: Phone[]): Promise<number> {
  const rows = made.flatMap(({ request }) => request.ops.map((op) => [request.dev, ...op]))
  const start = performance.now()
  for (let i = 0; i < rows.length; i += rowsAtOnce) await insert(rows.slice(i, i + rowsAtOnce))
  return performance.now() - start
}

async function measure(
  name: string,
  environment: Record<string, string>,
  open: () => Promise<Result<Store, StoreFailure>>,
  bare: Bare,
): Promise<Figure[]> {
  const opened = await open()
  if (!opened.ok) throw new Error(opened.failure.detail)
  const store = opened.value
  const [warmUp, space, handSpace, hall] = [newId(), newId(), newId(), newId()]
  const madeBySpace = new Map<string, Phone[]>()
  for (const one of [warmUp, space, handSpace]) madeBySpace.set(one, await invite(store, one))
  const returning = await inviteAll(store, hall)
  await store.close()
  const pushAllInto = (one: string) => (url: string) => pushFromAll(url, one, madeBySpace.get(one) ?? [])
  const place = environment.DATABASE_URL ?? environment.HADIR_DATA ?? ''
  const byHand = async (one: string) =>
    (await withServer(startProcess({}, [place], 'test/bench/serverByHand.ts'), pushAllInto(one))).seconds
  /** Who sends is slow at first; both that count come behind it, the one by hand last. */
  await byHand(warmUp)
  const ours = { HADIR_DIST: makeDist(), LOG_LEVEL: 'error', ...environment }
  const { seconds, waited, returned } = await withServer(startProcess(ours), async (url) => {
    return { ...(await pushAllInto(space)(url)), returned: await measureReturn(name, url, hall, returning) }
  })
  const handSeconds = await byHand(handSpace)
  const bareSeconds = (await insertBare(bare, madeBySpace.get(space) ?? [])) / 1_000
  return [
    figure(`1,000 phones with 10 check-ins each, ${name}`, seconds, 's', bareSeconds, 2),
    figure(`the same, against a server written by hand, ${name}`, seconds, 's', handSeconds, 2),
    figure(`the same, what a phone waits, p99, ${name}`, percentile(waited, 0.99) / 1_000, 's', 5, 1),
    ...returned,
  ]
}

async function withServer<T>(server: ServerProcess, work: (url: string) => Promise<T>): Promise<T> {
  try {
    return await work(await addressOf(server))
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
  }
}

/** All phones at once: until everything is taken, and how long each waited (ms). */
async function pushFromAll(url: string, space: string, made: Phone[]) {
  const bodies = await Promise.all(made.map(({ request }) => zipRequest(request)))
  const start = performance.now()
  const waited = await Promise.all(made.map((phone, i) => pushAll(url, space, phone, bodies[i] ?? new Uint8Array())))
  return { seconds: (performance.now() - start) / 1_000, waited }
}

const columns = '(dev text, n integer, wall bigint, at bigint, body text, primary key (dev, n))'

async function onSqlite(): Promise<Figure[]> {
  const folder = temporaryFolder()
  const file = new Sqlite(join(folder, 'bare.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec(`create table log ${columns}`)
  const insert: Bare = async (rows) => {
    file.prepare(`insert into log values ${rows.map(() => '(?, ?, ?, ?, ?)').join()}`).run(rows.flat())
  }
  try {
    return await measure('SQLite', { HADIR_DATA: folder }, () => openSqlite(folder), insert)
  } finally {
    file.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function onPostgres(): Promise<Figure[]> {
  const postgres = startPostgres()
  try {
    const url = await postgres.newDatabase()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`create table bare ${columns}`)
    const insert: Bare = async (rows) => {
      const places = rows.map((_, i) => `($${5 * i + 1}, $${5 * i + 2}, $${5 * i + 3}, $${5 * i + 4}, $${5 * i + 5})`)
      await client.query(`insert into bare values ${places.join()}`, rows.flat())
    }
    const figures = await measure('PostgreSQL', { DATABASE_URL: url }, () => openPostgres(url), insert)
    await client.end()
    return figures
  } finally {
    postgres.stop()
  }
}

/**
 * All phones of an event come back into coverage at once, against bare inserts of the same ops into the same database,
 * and against the least that the rules ask for (serverByHand.ts).
 */
export async function measureHotEvent(): Promise<Figure[]> {
  const figures = await onSqlite()
  if (findPostgres() || process.env.TEST_DATABASE_URL) figures.push(...(await onPostgres()))
  else console.error('No PostgreSQL on this machine: the hot event is measured on SQLite only.')
  return figures
}
