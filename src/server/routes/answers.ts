import { gzip, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { type Refusal, statusByKind } from '../../protocol/failure.ts'

/** A refusal as an answer, with its status and, when there is a time to wait, the header that proxies know. */
export function refuse(c: Context, refusal: Refusal): Response {
  if (refusal.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)))
  return c.json(refusal, statusByKind[refusal.kind])
}

/** Below this an answer is not worth zipping. */
const zipFromBytes = 1_024
/** Up to this it is zipped here and now, which costs less than handing it to a thread. */
const zipHereBytes = 32_768
/** A page of the log in a few pieces, not in dozens of which each waits for its turn. */
const pieces = { chunkSize: 262_144 }

function zipInThread(text: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) =>
    gzip(text, pieces, (error, zipped) => (error ? reject(error) : resolve(zipped))),
  )
}

/**
 * A success; the type names the message of protocol/ that it is. Zipped as a whole: as a stream, which `compress` would
 * make of it, a short message costs five to ten times as much, and a page of the log leaves in dozens of pieces.
 */
export async function answer<T extends object>(c: Context, message: T): Promise<Response> {
  const text = JSON.stringify(message)
  const length = Buffer.byteLength(text)
  const headers = { 'Content-Type': 'application/json' }
  const takesGzip = accepts(c, { header: 'Accept-Encoding', supports: ['gzip'], default: '' }) === 'gzip'
  if (length < zipFromBytes || !takesGzip) return c.body(text, 200, { ...headers, 'Content-Length': String(length) })
  const zipped = new Uint8Array(length <= zipHereBytes ? gzipSync(text) : await zipInThread(text))
  return c.body(zipped, 200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': String(zipped.length) })
}
