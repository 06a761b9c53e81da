import { fail, ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import { maxPushOps } from '../../protocol/limits.ts'
import type { PushResult } from '../../protocol/push.ts'
import { readDevice } from '../db/meta.ts'
import { opName } from '../db/opName.ts'
import { acknowledge, outboxRows, renameUnsent, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import type { Link } from './link.ts'
import { nextBatch, sealBatch } from './seal.ts'

export type PushParts = {
  db: Database
  link: Link
  /** [S8] Makes and enrols a new key in the place of one that another copy of this browser used. */
  renewDevice: (forked: DeviceRow) => Promise<Result<DeviceRow, Failure>>
}

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

/** Seals and sends a batch; its rows as the server's answer leaves them, not yet written. */
export async function sendBatch(
  { link }: Pick<PushParts, 'link'>,
  device: DeviceRow,
  batch: OutboxRow[],
  before: OutboxRow | undefined,
): Promise<Result<{ settled: OutboxRow[]; forked: boolean }, Failure>> {
  const { request, links } = await sealBatch(device, batch, before)
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

/** Read at once and sent in several pushes; more would only fill the memory. */
const readAheadOps = 4 * maxPushOps

/**
 * Sends a space's unsent ops under this device's key until none is left or the server does not answer. Nothing is marked as sent but by the
 * server's word on that very op ([S5]), and no failure deletes or locks anything ([S10]). That word is written while the
 * next batch is on its way: when it is lost the batch is sent once more ([S3]). On a full disk it cannot be written:
 * everything else is still sent, and the disk's error is thrown in the end.
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
  const unwritten = new Set<string>()
  let trouble: { error: unknown } | undefined
  let writing = Promise.resolve()

  async function write(rows: OutboxRow[]): Promise<void> {
    try {
      await acknowledge(db, rows)
    } catch (error) {
      trouble ??= { error }
      for (const row of rows) unwritten.add(opName(row))
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
    /** A device's unsent rows as the disk has them, without those that only it calls unsent. */
    read: async (space: string, dev: string) => {
      await writing
      const rows = await outboxRows(db, space, 'local', readAheadOps + unwritten.size)
      return rows.filter((row) => row.dev === dev && !unwritten.has(opName(row)))
    },
  }
}

async function sendAll(parts: PushParts, space: string, written: Writer): Promise<Failure | undefined> {
  const { db } = parts
  /** As the disk has it: another tab may have taken a new key. */
  let device = await readDevice(db)
  let waiting: OutboxRow[] = []
  let last: OutboxRow | undefined
  for (;;) {
    if (!device) return undefined
    if (waiting.length === 0) waiting = await written.read(space, device.dev)
    const batch = nextBatch(waiting)
    const first = batch[0]
    if (!first) return undefined
    const isNext = last?.dev === first.dev && last.n === first.n - 1
    const sent = await sendBatch(parts, device, batch, isNext ? last : await rowBefore(db, first))
    if (!sent.ok) return sent.failure
    const { settled, forked } = sent.value
    if (forked) {
      await written.settled()
      /** What was committed and is still called unsent here would get a second name. */
      if (written.trouble()) return undefined
      await acknowledge(db, settled)
      const renewed = await parts.renewDevice(device)
      if (!renewed.ok) return renewed.failure
      device = renewed.value
      await renameUnsent(db, space)
      waiting = []
      continue
    }
    await written.begin(settled)
    if (settled.every(({ state }) => state === 'local')) return { kind: 'notHadir' }
    waiting = waiting.slice(batch.length)
    last = settled.at(-1)
  }
}
