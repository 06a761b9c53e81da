import type { Context } from 'hono'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../core/result.ts'

type BodyFailure = { kind: 'badRequest' | 'tooLarge' }

/** Collects a stream, and stops reading at the limit: a zip bomb is never unpacked further than that. */
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

/** The message in a request's JSON body, gzipped or not, of at most `maxBytes` after unzipping. */
export async function readBody<S extends v.GenericSchema>(
  c: Context,
  schema: S,
  maxBytes: number,
): Promise<Result<v.InferOutput<S>, BodyFailure>> {
  const encoding = c.req.header('Content-Encoding') ?? 'identity'
  const { body } = c.req.raw
  if (!body || (encoding !== 'gzip' && encoding !== 'identity')) return fail({ kind: 'badRequest' })
  if (Number(c.req.header('Content-Length')) > maxBytes) return fail({ kind: 'tooLarge' })
  try {
    const stream = encoding === 'gzip' ? body.pipeThrough(new DecompressionStream('gzip')) : body
    const bytes = await collect(stream, maxBytes)
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
    const bytes = c.req.raw.body ? await collect(c.req.raw.body, maxBytes) : new Uint8Array(0)
    return bytes ? ok(bytes) : fail({ kind: 'tooLarge' })
  } catch {
    return fail({ kind: 'badRequest' })
  }
}
