import type { Context } from 'hono'
import { type Refusal, statusByKind } from '../../protocol/failure.ts'

/** A refusal as an answer, with its status and, when there is a time to wait, the header that proxies know. */
export function refuse(c: Context, refusal: Refusal): Response {
  if (refusal.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)))
  return c.json(refusal, statusByKind[refusal.kind])
}

/** A success; the type names the message of protocol/ that it is. With its length known, a short one is not zipped. */
export function answer<T extends object>(c: Context, message: T): Response {
  const text = JSON.stringify(message)
  const length = String(Buffer.byteLength(text))
  return c.body(text, 200, { 'Content-Type': 'application/json', 'Content-Length': length })
}
