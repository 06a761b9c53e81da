import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, opVersion, sealLink } from '../../core/op.ts'
import { firstPushBytes, firstPushOps } from '../../protocol/limits.ts'
import type { PushRequest } from '../../protocol/push.ts'
import type { DeviceRow, OutboxRow } from '../db/schema.ts'
import { sign } from './deviceKey.ts'

/** A batch is this many times what is sent at first, at most: within what a push may carry (protocol/limits.ts). */
export const mostTimes = 4

/** The longest run of unsent ops that fits one push: consecutive numbers of one device and version. */
export function nextBatch(rows: OutboxRow[], times = 1): OutboxRow[] {
  const batch: OutboxRow[] = []
  let bytes = 0
  for (const row of rows) {
    const previous = batch.at(-1)
    if (previous && (row.dev !== previous.dev || row.v !== previous.v || row.n !== previous.n + 1)) break
    bytes += row.body.length * 3 + 64
    if (batch.length === times * firstPushOps || (previous && bytes > times * firstPushBytes)) break
    batch.push(row)
  }
  return batch
}

/**
 * Chains a batch to what came before and signs its last link (design.md section 4). Deterministic but for the
 * signature: a batch whose answer was lost is sealed again to the same links, and so is one that a restored server has
 * lost, also when the row before it was forgotten meanwhile (db/prune.ts).
 */
export async function sealBatch(
  device: DeviceRow,
  batch: OutboxRow[],
  before: OutboxRow | undefined,
): Promise<{ request: PushRequest; links: string[] }> {
  const held = before?.link ?? batch[0]?.previous
  const previous = (held && fromBase64Url(held)) || chainStart
  const links: string[] = []
  let link = previous
  for (const row of batch) {
    link = sealLink(link, row)
    links.push(toBase64Url(link))
  }
  const request: PushRequest = {
    v: batch[0]?.v ?? opVersion,
    dev: device.dev,
    previous: toBase64Url(previous),
    signature: await sign(device, link),
    ops: batch.map(({ n, wall, at, body }) => [n, wall, at, body]),
  }
  return { request, links }
}
