import { gunzipSync } from 'node:zlib'
import type { Context } from 'hono'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../core/result.ts'

type BodyFailure = { kind: 'badRequest' | 'tooLarge' }

/** Collects a stream, and stops reading at the limit. */
async function collect(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > maxBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

/** The bytes as they came. A body with a length is no longer than that, so the whole is read at once. */
async function readRaw(c: Context, maxBytes: number): Promise<Uint8Array | undefined> {
  const length = Number(c.req.header('Content-Length'))
  if (length > maxBytes) return undefined
  if (length > 0) return new Uint8Array(await c.req.arrayBuffer())
  return c.req.raw.body ? collect(c.req.raw.body, maxBytes) : new Uint8Array()
}

/** Ten times as fast for small bodies as a stream; the largest take some ms. Stops at the limit. */
function unzip(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The message in a request's JSON body, gzipped or not, of at most `maxBytes` before and after unzipping. */
export async function readBody<S extends v.GenericSchema>(
  c: Context,
  schema: S,
  maxBytes: number,
): Promise<Result<v.InferOutput<S>, BodyFailure>> {
  const encoding = c.req.header('Content-Encoding') ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') return fail({ kind: 'badRequest' })
  try {
    const raw = await readRaw(c, maxBytes)
    const bytes = raw && encoding === 'gzip' ? unzip(raw, maxBytes) : raw
    if (!bytes) return fail({ kind: 'tooLarge' })
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)))
    return parsed.success ? ok(parsed.output) : fail({ kind: 'badRequest' })
  } catch {
    return fail({ kind: 'badRequest' })
  }
}

/** The raw bytes of a request's body, at most `maxBytes`. */
export async function readBytes(c: Context, maxBytes: number): Promise<Result<Uint8Array, BodyFailure>> {
  if (c.req.header('Content-Encoding')) return fail({ kind: 'badRequest' })
  try {
    const bytes = await readRaw(c, maxBytes)
    return bytes ? ok(bytes) : fail({ kind: 'tooLarge' })
  } catch {
    return fail({ kind: 'badRequest' })
  }
}
