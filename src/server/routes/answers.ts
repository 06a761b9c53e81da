import { gzip, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { type Refusal, statusByKind } from '../../protocol/failure.ts'
import { complete, completeZipped, type Prepared, zipHereBytes } from './prepared.ts'

/** A refusal as an answer, with its status and, when there is a time to wait, the header that proxies know. */
export function refuse(c: Context, refusal: Refusal): Response {
  if (refusal.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)))
  return c.json(refusal, statusByKind[refusal.kind])
}

/** Below this an answer is not worth zipping. */
const zipFromBytes = 1_024

function zipInThread(text: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => gzip(text, (error, zipped) => (error ? reject(error) : resolve(zipped))))
}

const headers = { 'Content-Type': 'application/json' }

export const takesGzip = (c: Context): boolean =>
  accepts(c, { header: 'Accept-Encoding', supports: ['gzip'], default: '' }) === 'gzip'

const sendPlain = (c: Context, text: string, length: number) =>
  c.body(text, 200, { ...headers, 'Content-Length': String(length) })

const sendZipped = (c: Context, zipped: Uint8Array<ArrayBuffer>) =>
  c.body(zipped, 200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': String(zipped.length) })

/**
 * A success; the type names the message of protocol/ that it is. Zipped as a whole: as a stream, which `compress` would
 * make of it, a short message costs five to ten times as much, and a long one leaves in dozens of pieces.
 */
export async function answer<T extends object>(c: Context, message: T): Promise<Response> {
  const text = JSON.stringify(message)
  const length = Buffer.byteLength(text)
  if (length < zipFromBytes || !takesGzip(c)) return sendPlain(c, text, length)
  return sendZipped(c, new Uint8Array(length <= zipHereBytes ? gzipSync(text) : await zipInThread(text)))
}

/** The same of a message that many ask for; the type names the fields that are each one's own. */
export async function answerPrepared<T extends object>(c: Context, part: Prepared, rest: T): Promise<Response> {
  if (part.text.length >= zipFromBytes && takesGzip(c)) return sendZipped(c, await completeZipped(part, rest))
  const text = complete(part, rest)
  return sendPlain(c, text, Buffer.byteLength(text))
}
