import { fail, ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { PushResult } from '../../protocol/push.ts'
import { opName } from '../db/opName.ts'
import { acknowledge, outboxRows, renameUnsent, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import type { Link } from './link.ts'
import { nextBatch, sealBatch } from './seal.ts'

export type PushParts = {
  db: Database
  link: Link
  device: () => DeviceRow
  /** [S8] Makes and enrols a new key for this device. */
  renewDevice: () => Promise<{ ok: true; value: DeviceRow } | { ok: false; failure: Failure }>
}

/** The row after the server's word on it. A forked op stays unsent: it goes out again under the new key. */
function settle(row: OutboxRow, link: string, result: PushResult | undefined): OutboxRow {
  if (result?.state === 'committed') return { ...row, state: 'sent', link, seq: result.seq, finalAt: result.at }
  if (result?.state === 'parked') return { ...row, state: 'parked', link, parkedFor: result.reason }
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
    settled: batch.map((row, i) => settle(row, links[i] ?? '', resultByN.get(row.n))),
    forked: answer.value.results.some(({ state }) => state === 'forked'),
  })
}

/**
 * Sends a space's unsent ops until none is left or the server does not answer. Nothing is marked as sent but by the
 * server's word on that very op ([S5]), and no failure deletes or locks anything ([S10]). On a full disk that word cannot
 * be written: everything else is still sent, and the disk's error is thrown in the end.
 */
export async function pushSpace(parts: PushParts, space: string): Promise<Failure | undefined> {
  const { db } = parts
  const unwritten = new Map<string, OutboxRow>()
  let trouble: { error: unknown } | undefined
  for (;;) {
    const batch = nextBatch((await outboxRows(db, space, 'local')).filter((row) => !unwritten.has(opName(row))))
    const first = batch[0]
    if (!first) break
    const device = parts.device()
    if (first.dev !== device.dev) {
      await renameUnsent(db, space, first.dev, device.dev)
      continue
    }
    const before = unwritten.get(opName({ ...first, n: first.n - 1 })) ?? (await rowBefore(db, first))
    const sent = await sendBatch(parts, device, batch, before)
    if (!sent.ok) return sent.failure
    const { settled, forked } = sent.value
    try {
      await acknowledge(db, settled)
    } catch (error) {
      if (forked) throw error
      trouble ??= { error }
      for (const row of settled) unwritten.set(opName(row), row)
      continue
    }
    if (forked) {
      const renewed = await parts.renewDevice()
      if (!renewed.ok) return renewed.failure
      await renameUnsent(db, space, device.dev, renewed.value.dev)
    } else if (settled.every(({ state }) => state === 'local')) return { kind: 'notHadir' }
  }
  if (trouble) throw trouble.error
  return undefined
}
