import { liveQuery } from 'dexie'
import { writeMeta } from '../../../src/client/db/meta.ts'
import { outboxRows } from '../../../src/client/db/outbox.ts'
import { pagesAbove, unpackOps } from '../../../src/client/db/pages.ts'
import { createDatabase, type Database, type OutboxRow, type PackedOp } from '../../../src/client/db/schema.ts'
import { newSpaceRow } from '../../../src/client/db/spaces.ts'
import { createAuthor } from '../../../src/client/state/author.ts'
import { openSpace } from '../../../src/client/state/openSpace.ts'
import { createHttpLink } from '../../../src/client/sync/httpLink.ts'
import { createIdentity } from '../../../src/client/sync/identity.ts'
import { pullSpace } from '../../../src/client/sync/pull.ts'
import { pushSpace } from '../../../src/client/sync/push.ts'
import { uuidv7 } from '../../../src/core/ids.ts'
import type { SetupRequest } from '../../../src/protocol/account.ts'
import { inventBodies } from '../inventedOps.ts'
import { keepByHand, pushByHand } from './byHand.ts'
import { openRawStore } from './rawStore.ts'

/**
 * What a device and its server do with a whole event; all times in ms. Databases are named, so that there may be two.
 */
export type SyncBench = {
  /** Makes the first organizer and enrols this browser. */
  setUp: (request: SetupRequest) => Promise<void>
  /** A new space whose ops are all unsent; its id. */
  write: (database: string, shape: Parameters<typeof inventBodies>[0]) => Promise<string>
  push: (database: string, space: string) => Promise<number>
  /** Reads a space's log to its end, by a device that holds nothing of it when its database is new. */
  pull: (database: string, space: string) => Promise<number>
  open: (database: string, space: string) => Promise<{ ms: number; people: number }>
  /** Leaves a space open until it has kept a snapshot. */
  keep: (database: string, space: string) => Promise<void>
  /** The log as one text, to be moved by a server and a page without any rules. */
  readLog: (database: string, space: string) => Promise<string>
  /** The limits: the same bytes in one request, one answer, one value. */
  barePush: (log: string) => Promise<number>
  barePull: () => Promise<number>
  /** A push by the rules, written by hand (byHand.ts), of the log that was kept. */
  keepByHand: (log: string) => Promise<void>
  pushByHand: () => Promise<number>
  bareKeep: (log: string) => Promise<void>
  bareOpen: () => Promise<number>
}

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
/**
 * The tool that steers the browser is told every request, with its bytes where they are a buffer: as much work as
 * sending them. Of a blob, which the limits send, it is told nothing.
 */
const send: typeof fetch = (url, { body, ...init } = {}) =>
  fetch(url, { ...init, ...(body && { body: body instanceof ArrayBuffer ? new Blob([body]) : body }) })
const link = createHttpLink(undefined, send)
const opened = new Map<string, Database>()

function database(name: string): Database {
  const held = opened.get(name) ?? createDatabase(name)
  opened.set(name, held)
  return held
}

const identify = () =>
  createIdentity({ db: database('author'), link, deviceName: 'Ponsel', onChange: () => undefined, wall: Date.now })

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function must(failure: { kind: string } | undefined): void {
  if (failure) throw new Error(failure.kind)
}

async function write(name: string, shape: Parameters<typeof inventBodies>[0]): Promise<string> {
  const identity = await identify()
  const { dev } = identity.device()
  const space = uuidv7(Date.now(), random(10))
  const db = database(name)
  await db.spaces.add(newSpaceRow(space, 'organizer'))
  const from = Date.now() - 1e8
  const rows = inventBodies(shape, random).map((body, i): OutboxRow => {
    const wall = from + i * 997
    return { space, dev, n: i + 1, v: 1, wall, at: wall, body, state: 'local' }
  })
  await db.outbox.bulkAdd(rows)
  return space
}

async function push(name: string, space: string): Promise<number> {
  const identity = await identify()
  const parts = { db: database(name), link, renewDevice: identity.renew, wall: Date.now }
  await writeMeta(parts.db, identity.device())
  const ms = await timed(async () => must(await pushSpace(parts, space)))
  if ((await outboxRows(parts.db, space, 'local')).length > 0) throw new Error('not everything was sent')
  return ms
}

async function pull(name: string, space: string): Promise<number> {
  const db = database(name)
  await db.spaces.put(newSpaceRow(space, 'organizer'))
  const ms = await timed(async () => must(await pullSpace(db, link, space)))
  const held = await db.spaces.get(space)
  if (!held || held.seq === 0 || held.seq < held.head) throw new Error('not everything was read')
  return ms
}

async function open(name: string, space: string): Promise<{ ms: number; people: number }> {
  const db = database(name)
  const row = await db.spaces.get(space)
  if (!row) throw new Error('no such space')
  const parts = { dev: () => 'A'.repeat(22), wall: Date.now, offsetMs: () => 0, random, onCommit: () => undefined }
  let people = 0
  const ms = await timed(async () => {
    const opening = await openSpace(db, createAuthor(parts), row)
    people = opening.people.value.size
    opening.close()
  })
  return { ms, people }
}

async function keep(name: string, space: string): Promise<void> {
  const db = database(name)
  const row = await db.spaces.get(space)
  if (!row) throw new Error('no such space')
  const parts = { dev: () => 'A'.repeat(22), wall: Date.now, offsetMs: () => 0, random, onCommit: () => undefined }
  const keeping = { afterOps: 1, pause: () => new Promise<void>((resolve) => setTimeout(resolve)) }
  const kept = new Promise<void>((resolve) => {
    const subscription = liveQuery(() => db.snapshots.count()).subscribe((count) => {
      if (count === 0) return
      subscription.unsubscribe()
      resolve()
    })
  })
  const opening = await openSpace(db, createAuthor(parts), row, keeping)
  await kept
  opening.close()
}

async function readLog(name: string, space: string): Promise<string> {
  const ops: PackedOp[] = (await pagesAbove(database(name), space, 0)).flatMap(unpackOps)
  return JSON.stringify(ops)
}

/** The same bytes gzipped, sent at once, inserted at once. */
async function barePush(log: string): Promise<number> {
  return timed(async () => {
    const zipped = new Blob([log]).stream().pipeThrough(new CompressionStream('gzip'))
    const answer = await fetch('/bare', { method: 'POST', body: await new Response(zipped).blob() })
    if (!answer.ok) throw new Error(String(answer.status))
  })
}

async function barePull(): Promise<number> {
  const raw = await openRawStore()
  return timed(async () => {
    const ops: PackedOp[] = await (await fetch('/bare')).json()
    await raw.put({ space: 'bare', dev: 'log', n: 1, ops })
  })
}

const isText = (value: unknown): value is { text: string } =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'

async function bareOpen(): Promise<number> {
  const raw = await openRawStore()
  return timed(async () => {
    const text = await raw.get(['bare', 'text', 1])
    if (!isText(text) || JSON.parse(text.text).length === 0) throw new Error('an empty log')
  })
}

export const syncBench: SyncBench = {
  setUp: async (request) => {
    const answer = await link.setUp(request)
    if (!answer.ok) throw new Error(answer.failure.kind)
    const enrolled = await (await identify()).enrol({})
    if (!enrolled.ok) throw new Error(enrolled.failure.kind)
  },
  write,
  push,
  pull,
  open,
  keep,
  readLog,
  barePush,
  barePull,
  keepByHand,
  pushByHand,
  bareKeep: async (log) => (await openRawStore()).put({ space: 'bare', dev: 'text', n: 1, text: log }),
  bareOpen,
}
