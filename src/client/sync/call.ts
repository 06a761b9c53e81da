import * as v from 'valibot'
import { fail, ok } from '../../core/result.ts'
import { readRefusal } from '../../protocol/failure.ts'
import { protocolVersion, versionHeader } from '../../protocol/version.ts'
import type { Answer } from './link.ts'

/** A server that accepts and never answers, or falls silent half way, does not hold us longer than this. */
const silenceMs = 30_000
/**
 * A slow line may take its time to send: one ms per byte is 8 kbit/s, a jammed mast. The same push would fail for ever.
 */
const msPerByteSent = 1
/** What was asked for is what the caller holds: an answer without a body, `null`. */
const notModified = 304
/** Below this a request is not worth compressing. */
const gzipFromBytes = 1_024

type Encoded = { body: BodyInit; headers: Record<string, string>; sizeBytes: number }

async function encode(body: unknown): Promise<Encoded> {
  if (body instanceof Uint8Array) {
    const bytes = new Uint8Array(body)
    return { body: bytes, headers: { 'Content-Type': 'application/octet-stream' }, sizeBytes: bytes.length }
  }
  const headers = { 'Content-Type': 'application/json' }
  const text = JSON.stringify(body)
  if (text.length < gzipFromBytes || !('CompressionStream' in globalThis))
    return { body: text, headers, sizeBytes: text.length }
  const gzip = new CompressionStream('gzip')
  const zipped = new Response(gzip.readable).arrayBuffer()
  const writer = gzip.writable.getWriter()
  void writer.write(new TextEncoder().encode(text))
  void writer.close()
  const bytes = await zipped
  return { body: bytes, headers: { ...headers, 'Content-Encoding': 'gzip' }, sizeBytes: bytes.byteLength }
}

/** Messages that were encoded before their turn. */
const encodedAhead = new WeakMap<object, Promise<Encoded>>()

/** Zips a message while another one is on its way; the call that sends it finds that done. */
export function encodeAhead(message: object): void {
  encodedAhead.set(message, encode(message))
}

const encodedOf = (body: unknown) => (typeof body === 'object' && body && encodedAhead.get(body)) || encode(body)

/** The text of an answer; `onPart` is called with every piece of it that arrives. */
async function readText(response: Response, onPart: () => void): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const part = await reader?.read()
    if (!part || part.done) return text + decoder.decode()
    onPart()
    text += decoder.decode(part.value, { stream: true })
  }
}

/** What a text says in JSON; `undefined` where it is none, which no schema takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type Call = <S extends v.GenericSchema>(
  schema: S,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  options?: { heldTag?: string | undefined; asNobody?: boolean },
) => Answer<v.InferOutput<S>>

/**
 * One call over HTTPS. What answers without Hadir's words, whatever its status, is not Hadir: a captive portal says
 * 200. Apart from the link, since a first visit makes only one (firstEntry.ts).
 */
export function createCall(base = '/api/v1', send: typeof fetch = (...request) => fetch(...request)): Call {
  return async (schema, method, path, body, { heldTag, asNobody } = {}) => {
    /** Not in the `try`: what fails here is a bug, and no missing network. */
    const encoded = body === undefined ? undefined : await encodedOf(body)
    const condition = heldTag === undefined ? undefined : { 'If-None-Match': `W/"${heldTag}"` }
    const abort = new AbortController()
    const init: RequestInit = {
      method,
      signal: abort.signal,
      cache: 'no-store',
      headers: { ...encoded?.headers, ...condition, [versionHeader]: String(protocolVersion) },
      ...(encoded && { body: encoded.body }),
      ...(asNobody && { credentials: 'omit', referrerPolicy: 'no-referrer' }),
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const waitAnew = (sentBytes = 0) => {
      clearTimeout(timer)
      timer = setTimeout(() => abort.abort(), silenceMs + sentBytes * msPerByteSent)
    }
    let response: Response
    let text: string
    try {
      waitAnew(encoded?.sizeBytes)
      response = await send(base + path, init)
      text = await readText(response, waitAnew)
    } catch {
      return fail({ kind: abort.signal.aborted ? ('timeout' as const) : ('offline' as const) })
    } finally {
      clearTimeout(timer)
    }
    const answer = response.status === notModified ? null : parseJson(text)
    if (response.ok || (response.status === notModified && heldTag !== undefined)) {
      const parsed = v.safeParse(schema, answer)
      return parsed.success ? ok(parsed.output) : fail({ kind: 'notHadir' as const })
    }
    return fail(readRefusal(response.status, answer) ?? { kind: 'notHadir' as const })
  }
}
