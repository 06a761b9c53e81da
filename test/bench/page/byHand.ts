import type { PackedOp } from '../../../src/client/db/schema.ts'
import { concatBytes, utf8 } from '../../../src/core/bytes.ts'
import { sha256 } from '../../../src/core/sha256.ts'
import { openRawStore } from './rawStore.ts'

type Row = { space: string; dev: string; n: number; op: PackedOp }

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && 'op' in value
const space = 'byHand'
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Puts a log as one row for each op, as it lies on a phone before it is sent; not timed. */
export async function keepByHand(log: string): Promise<void> {
  const ops: PackedOp[] = JSON.parse(log)
  await (await openRawStore()).put(...ops.map((op): Row => ({ space, dev: op[1], n: op[2], op })))
}

/** The last link of a chain over all ops, each of which is hashed with the hash of its body. */
function chain(ops: PackedOp[]): Uint8Array<ArrayBuffer> {
  return ops.reduce((link, [v, dev, n, wall, at, body]) => {
    const header = utf8(JSON.stringify([v, dev, n, wall, at]))
    return new Uint8Array(sha256(concatBytes(link, header, sha256(body))))
  }, new Uint8Array(32))
}

/**
 * What the rules ask of a push and nothing else, in one piece, without a module of the product but its SHA-256:
 * rows are read, chained, signed, zipped and sent, and the server's word on each is written in one value,
 * strictly. No batches that a slow line could bear, no room for what is refused, nothing that survives a lost
 * answer or a second tab. In ms.
 */
export async function pushByHand(): Promise<number> {
  const raw = await openRawStore()
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const key = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const start = performance.now()
  const rows = await raw.getAll(IDBKeyRange.bound([space], [space, []]))
  const ops = rows.filter(isRow).map(({ op }) => op)
  const seal = new Uint8Array(await crypto.subtle.sign(ecdsa, pair.privateKey, chain(ops)))
  const signature = btoa(String.fromCharCode(...seal))
  const text = JSON.stringify({ key, signature, ops })
  const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  const answer = await fetch('/byHand', { method: 'POST', body: await new Response(zipped).blob() })
  if (!answer.ok) throw new Error(String(answer.status))
  await raw.put({ space: 'sent', dev: 'words', n: 1, words: await answer.json() })
  return performance.now() - start
}
