import { AwsClient } from 'aws4fetch'
import type { FileStore, Part } from './fileStore.ts'

/** A bucket of an S3-compatible service, reached by path (`endpoint/bucket/key`). */
export type Bucket = { endpoint: string; bucket: string; region: string; accessKey: string; secretKey: string }

/** Every service takes pieces of this size in a multipart upload; the least that AWS takes is 5 MiB. */
const pieceBytes = 8_388_608
const retries = 4
const missing = 404
const fullStatuses = [413, 507]

/** A part's chunk and where it lies; the keys sort as their offsets do. */
type Chunk = { key: string; offset: number; sizeBytes: number }

class BucketError extends Error {
  readonly code: string
  constructor(status: number, what: string) {
    super(`The bucket answers ${status} to ${what}`)
    this.name = 'BucketError'
    this.code = fullStatuses.includes(status) ? 'ENOSPC' : `S3_${status}`
  }
}

const unescapeXml = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const valuesOf = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value = '']) => unescapeXml(value))

function concat(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/**
 * Contents as objects `files/HASH`, chunks on their way as objects of their own, `parts/SPACE/HASH/OFFSET`, until the
 * whole is put together: a server that takes a chunk keeps nothing of it, and any other may take the next. An answer to
 * a write means that the service keeps it. Fails where the bucket does not answer.
 */
export async function openS3({ endpoint, bucket, region, accessKey, secretKey }: Bucket): Promise<FileStore> {
  const keys = { accessKeyId: accessKey, secretAccessKey: secretKey }
  const client = new AwsClient({ ...keys, region, service: 's3', retries })
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}`

  async function call(method: string, path: string, init: RequestInit = {}, allowed: number[] = []): Promise<Response> {
    const answer = await client.fetch(`${base}${path}`, { ...init, method })
    if (answer.ok || allowed.includes(answer.status)) return answer
    await answer.body?.cancel()
    throw new BucketError(answer.status, method)
  }
  async function done(answer: Promise<Response>): Promise<Response> {
    const response = await answer
    await response.body?.cancel()
    return response
  }
  const put = (key: string, body: Uint8Array<ArrayBuffer>, headers = {}) =>
    done(call('PUT', `/${key}`, { body, headers: { 'Content-Length': String(body.length), ...headers } }))
  const remove = (key: string) => done(call('DELETE', `/${key}`, {}, [missing]))

  const fileKey = (hash: string) => `files/${hash}`
  const partKey = ({ space, hash }: Part) => `parts/${space}/${hash}/`

  /** Every object whose key begins so, in the order of the keys. */
  async function listKeys(prefix: string): Promise<{ key: string; sizeBytes: number }[]> {
    const found: { key: string; sizeBytes: number }[] = []
    let next: string | undefined
    do {
      const query = new URLSearchParams({ 'list-type': '2', prefix, ...(next && { 'continuation-token': next }) })
      const xml = await (await call('GET', `?${query}`)).text()
      const sizes = valuesOf(xml, 'Size')
      valuesOf(xml, 'Key').forEach((key, i) => {
        found.push({ key, sizeBytes: Number(sizes[i]) })
      })
      next = valuesOf(xml, 'NextContinuationToken')[0]
    } while (next)
    return found
  }

  /** The chunks of a part as far as each begins where the one before ends; what an earlier try left is passed over. */
  async function chunksOf(part: Part): Promise<Chunk[]> {
    const byOffset = new Map(
      (await listKeys(partKey(part))).map(({ key, sizeBytes }) => [Number(key.split('/').at(-1)), { key, sizeBytes }]),
    )
    const chunks: Chunk[] = []
    let offset = 0
    for (let found = byOffset.get(0); found; found = byOffset.get(offset)) {
      chunks.push({ ...found, offset })
      offset += found.sizeBytes
    }
    return chunks
  }
  const readKey = async (key: string) => new Uint8Array(await (await call('GET', `/${key}`)).arrayBuffer())

  async function* readPart(part: Part, sizeBytes: number): AsyncGenerator<Uint8Array> {
    let read = 0
    for (const { key } of await chunksOf(part)) {
      const bytes = await readKey(key)
      read += bytes.length
      yield bytes.subarray(0, bytes.length - Math.max(0, read - sizeBytes))
      if (read >= sizeBytes) return
    }
    throw new Error('A part is shorter than was noted')
  }

  /** A part in pieces of 8 MiB, the last one shorter. */
  async function* piecesOf(part: Part, sizeBytes: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let held: Uint8Array[] = []
    let length = 0
    for await (const bytes of readPart(part, sizeBytes)) {
      held.push(bytes)
      length += bytes.length
      if (length < pieceBytes) continue
      yield concat(held)
      held = []
      length = 0
    }
    if (length > 0) yield concat(held)
  }

  async function putLarge(part: Part, sizeBytes: number, headers: Record<string, string>): Promise<void> {
    const path = `/${fileKey(part.hash)}`
    const [upload = ''] = valuesOf(await (await call('POST', `${path}?uploads`, { headers })).text(), 'UploadId')
    const id = new URLSearchParams({ uploadId: upload })
    try {
      const tags: string[] = []
      for await (const body of piecesOf(part, sizeBytes)) {
        const answer = await done(call('PUT', `${path}?partNumber=${tags.length + 1}&${id}`, { body }))
        tags.push(answer.headers.get('ETag') ?? '')
      }
      const list = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('')
      const body = `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`
      const answer = await (await call('POST', `${path}?${id}`, { body })).text()
      /** It answers 200 before it is done, and says in the body how it went. */
      if (!answer.includes('CompleteMultipartUploadResult')) throw new BucketError(500, 'complete')
    } catch (error) {
      await done(call('DELETE', `${path}?${id}`, {}, [missing]))
      throw error
    }
  }

  await done(call('HEAD', ''))
  return {
    writeChunk: async (part, offset, bytes) => {
      await put(partKey(part) + String(offset).padStart(15, '0'), new Uint8Array(bytes))
    },
    readPart,
    readOfPart: async (part, from, to) => {
      const touched = (await chunksOf(part)).filter(
        (chunk) => chunk.offset < to && chunk.offset + chunk.sizeBytes > from,
      )
      const first = touched[0]?.offset ?? from
      const bytes = concat(await Promise.all(touched.map(({ key }) => readKey(key))))
      return bytes.subarray(from - first, to - first)
    },
    sizeOfPart: async (part) => (await chunksOf(part)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    finish: async (part, { sizeBytes, type }) => {
      const headers = { 'Content-Type': type }
      if (sizeBytes > pieceBytes) return putLarge(part, sizeBytes, headers)
      for await (const whole of piecesOf(part, sizeBytes)) await put(fileKey(part.hash), whole, headers)
    },
    dropPart: async (part) => {
      for (const { key } of await listKeys(partKey(part))) await remove(key)
    },
    listParts: async () => {
      const named = (await listKeys('parts/')).map(({ key }) => key.split('/').slice(1, 3).join('/'))
      return [...new Set(named)].map((name) => {
        const [space = '', hash = ''] = name.split('/')
        return { space, hash }
      })
    },
    sizeOf: async (hash) => {
      const answer = await done(call('HEAD', `/${fileKey(hash)}`, {}, [missing]))
      return answer.ok ? Number(answer.headers.get('Content-Length')) : undefined
    },
    read: async (hash, from, to) => {
      const answer = await call('GET', `/${fileKey(hash)}`, { headers: { Range: `bytes=${from}-${to - 1}` } })
      if (!answer.body) throw new BucketError(answer.status, 'GET')
      return answer.body
    },
    remove: async (hash) => void (await remove(fileKey(hash))),
    list: async () => (await listKeys('files/')).map(({ key }) => key.slice('files/'.length)),
    freeBytes: async () => undefined,
  }
}
