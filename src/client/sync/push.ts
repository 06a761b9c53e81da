import type { Failure } from '../../protocol/failure.ts'
import type { PushResult } from '../../protocol/push.ts'
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
  return row
}

/**
 * Sends a space's unsent ops until none is left or the server does not answer. Nothing is marked as sent but by the
 * server's word on that very op ([S5]), and no failure deletes or locks anything ([S10]).
 */
export async function pushSpace(parts: PushParts, space: string): Promise<Failure | undefined> {
  const { db, link } = parts
  for (;;) {
    const batch = nextBatch(await outboxRows(db, space, 'local'))
    const first = batch[0]
    if (!first) return undefined
    const device = parts.device()
    if (first.dev !== device.dev) {
      await renameUnsent(db, space, first.dev, device.dev)
      continue
    }
    const { request, links } = await sealBatch(device, batch, await rowBefore(db, first))
    const answer = await link.push(space, request)
    if (!answer.ok) return answer.failure
    const resultByN = new Map(answer.value.results.map((result) => [result.n, result]))
    const settled = batch.map((row, i) => settle(row, links[i] ?? '', resultByN.get(row.n)))
    await acknowledge(db, settled)
    if (answer.value.results.some(({ state }) => state === 'forked')) {
      const renewed = await parts.renewDevice()
      if (!renewed.ok) return renewed.failure
      await renameUnsent(db, space, device.dev, renewed.value.dev)
    } else if (settled.every(({ state }) => state === 'local')) return { kind: 'notHadir' }
  }
}
