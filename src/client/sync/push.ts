import { fail, ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import { maxPushOps } from '../../protocol/limits.ts'
import type { PushRequest, PushResult } from '../../protocol/push.ts'
import { readDevice } from '../db/meta.ts'
import { type OpName, opName } from '../db/opName.ts'
import { acknowledge, countUnsent, renameUnsent, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { unsentBehind } from '../db/unsent.ts'
import type { Link } from './link.ts'
import { mostTimes, nextBatch, sealBatch } from './seal.ts'

export type PushParts = {
  db: Database
  link: Link
  /** [S8] Makes and enrols a new key in the place of one that another copy of this browser used. */
  renewDevice: (forked: DeviceRow) => Promise<Result<DeviceRow, Failure>>
  /** This device's clock, epoch ms. */
  wall: () => number
}

/** Rows of the outbox, chained and signed. */
type Sealed = { batch: OutboxRow[]; request: PushRequest; links: string[] }
type Sent = { settled: OutboxRow[]; forked: boolean }

/** The row after the server's word on it. A forked op stays unsent: it goes out again under the new key. */
function settle(
  row: OutboxRow,
  sealed: Pick<OutboxRow, 'link' | 'previous'>,
  result: PushResult | undefined,
): OutboxRow {
  if (result?.state === 'committed') return { ...row, ...sealed, state: 'sent', seq: result.seq, finalAt: result.at }
  if (result?.state === 'parked') return { ...row, ...sealed, state: 'parked', parkedFor: result.reason }
  return result ? { ...row, state: 'local' } : row
}

/** Sends a sealed batch; its rows as the server's answer leaves them, not yet written. */
async function send(link: Link, { batch, request, links }: Sealed): Promise<Result<Sent, Failure>> {
  const answer = await link.push(batch[0]?.space ?? '', request)
  if (!answer.ok) return fail(answer.failure)
  const resultByN = new Map(answer.value.results.map((result) => [result.n, result]))
  return ok({
    settled: batch.map((row, i) => {
      const sealed = { link: links[i] ?? '', previous: links[i - 1] ?? request.previous }
      return settle(row, sealed, resultByN.get(row.n))
    }),
    forked: answer.value.results.some(({ state }) => state === 'forked'),
  })
}

/** Seals and sends a batch. */
export async function sendBatch(
  { link }: Pick<PushParts, 'link'>,
  device: DeviceRow,
  batch: OutboxRow[],
  before: OutboxRow | undefined,
): Promise<Result<Sent, Failure>> {
  return send(link, { batch, ...(await sealBatch(device, batch, before)) })
}

/** Read at once, for several pushes on a slow line; more would only fill the memory. */
const readAheadOps = maxPushOps
/** A line that answers within this gets twice as much the next time. */
const quickMs = 1_000

/**
 * Sends a space's unsent ops under this device's key until none is left or the server does not answer, one batch after
 * the other. Nothing is marked as sent but by the server's word on that very op ([S5]), and no failure deletes or locks
 * anything ([S10]). While a batch is on its way the next one is read, sealed and zipped, and the word on the one before
 * is written: when that is lost the batch is sent once more ([S3]). On a full disk it cannot be written: everything
 * else is still sent, and the disk's error is thrown in the end.
 */
export async function pushSpace(parts: PushParts, space: string): Promise<Failure | undefined> {
  const written = createWriter(parts.db)
  let failure: Failure | undefined
  try {
    failure = await sendAll(parts, space, written)
  } finally {
    await written.settled()
  }
  if (!failure && written.trouble()) throw written.trouble()?.error
  return failure
}

type Writer = ReturnType<typeof createWriter>

/** Writes the server's word on one batch at a time, behind the sender, and remembers what the disk would not take. */
function createWriter(db: Database) {
  let trouble: { error: unknown } | undefined
  let writing = Promise.resolve()

  async function write(rows: OutboxRow[]): Promise<void> {
    try {
      await acknowledge(db, rows)
    } catch (error) {
      trouble ??= { error }
    }
  }
  return {
    /** Resolves when the batch before is done with. */
    begin: async (rows: OutboxRow[]) => {
      await writing
      writing = write(rows)
    },
    settled: () => writing,
    trouble: () => trouble,
  }
}

/**
 * Seals one batch after the other, each behind the one before, whatever the server will say of that: links are the
 * same. Those of the last read tell what is unsent beyond them: when one is taken, those before it were.
 */
function createSealer({ db, link }: PushParts, device: DeviceRow, space: string) {
  let waiting: OutboxRow[] = []
  let last: OutboxRow | undefined
  const sealed = new Set<OpName>()
  /** What was unsent beyond `sealed` when the last were read, and how many of them were sealed since. */
  let counting: Promise<number | undefined> | undefined
  let since = 0
  async function read(): Promise<void> {
    const rows = await unsentBehind(db, [space, device.dev, last?.n ?? 0], readAheadOps + 1)
    waiting = rows.slice(0, readAheadOps)
    since = 0
    /** Once, as what waited before has left the outbox: counting is slow where much lies in it. */
    const isLast = rows.length <= readAheadOps
    counting = isLast ? countUnsent(db, new Set(sealed)).catch(() => undefined) : undefined
  }
  async function countLeft(): Promise<Pick<PushRequest, 'unsent'>> {
    const count = await counting
    /** Never below nothing, which no server takes: another tab may forget an event meanwhile. */
    return count === undefined ? {} : { unsent: Math.max(0, count - since) }
  }

  return async (times: number): Promise<Sealed | undefined> => {
    if (waiting.length === 0) await read()
    const batch = nextBatch(waiting, times)
    const first = batch[0]
    if (!first) return undefined
    const before = last?.n === first.n - 1 ? last : await rowBefore(db, first)
    const { request: seal, links } = await sealBatch(device, batch, before)
    for (const row of batch) sealed.add(opName(row))
    since += batch.length
    const request = { ...seal, ...(await countLeft()) }
    link.prepare?.(request)
    waiting = waiting.slice(batch.length)
    last = { ...(batch.at(-1) ?? first), link: links.at(-1) ?? '' }
    return { batch, request, links }
  }
}

async function sendAll(parts: PushParts, space: string, written: Writer): Promise<Failure | undefined> {
  /** As the disk has it: another tab may have taken a new key. */
  let device = await readDevice(parts.db)
  while (device) {
    const ended = await sendUnder(parts, device, space, written)
    if (ended !== 'forked') return ended
    /** What was committed and is still called unsent here would get a second name. */
    if (written.trouble()) return undefined
    const renewed = await parts.renewDevice(device)
    if (!renewed.ok) return renewed.failure
    device = renewed.value
    await renameUnsent(parts.db, space)
  }
  return undefined
}

/** Sends what a device has written under one key. */
async function sendUnder(
  parts: PushParts,
  device: DeviceRow,
  space: string,
  written: Writer,
): Promise<Failure | 'forked' | undefined> {
  const { link, wall } = parts
  const seal = createSealer(parts, device, space)
  let times = 1
  let next = seal(times)
  try {
    for (;;) {
      const sealed = await next
      if (!sealed) return undefined
      const sentAt = wall()
      const sending = send(link, sealed)
      next = seal(times)
      /** Whoever waits for it is told; nobody may. */
      next.catch(() => undefined)
      const sent = await sending
      if (!sent.ok) return sent.failure
      times = wall() - sentAt < quickMs ? Math.min(2 * times, mostTimes) : 1
      const { settled, forked } = sent.value
      await written.begin(settled)
      if (forked) {
        await written.settled()
        return 'forked'
      }
      if (settled.every(({ state }) => state === 'local')) return { kind: 'notHadir' }
    }
  } finally {
    await next.catch(() => undefined)
  }
}
