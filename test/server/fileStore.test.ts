import { randomBytes } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { readConfig } from '../../src/server/config.ts'
import { openDisk } from '../../src/server/files/disk.ts'
import type { FileStore } from '../../src/server/files/fileStore.ts'
import { openS3 } from '../../src/server/files/s3.ts'
import { openContent } from '../../src/server/openContent.ts'
import { anEvent, begin, createWriter, filesUrl, hashOf, makeVideo, naming, sendChunk } from '../support/files.ts'
import { makeServer, openOrganizer, temporaryFolder } from '../support/server.ts'
import { type Swift, startSwift } from '../support/swift.ts'

let swift: Swift
beforeAll(async () => {
  swift = await startSwift()
})
afterAll(() => swift.stop())

async function openBucket(): Promise<FileStore> {
  const { endpoint, accessKey, secretKey } = swift
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region: 'us-east-1',
  })
  const bucket = `uji-${newId()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '0')}`
  await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' })
  const settings = readConfig(
    {
      HADIR_S3_ENDPOINT: endpoint,
      HADIR_S3_BUCKET: bucket,
      HADIR_S3_ACCESS_KEY: accessKey,
      HADIR_S3_SECRET_KEY: secretKey,
    },
    [],
  )
  if (!settings.ok) throw new Error(settings.failure.detail)
  const opened = await openContent(temporaryFolder(), settings.value.content)
  if (!opened.ok) throw new Error(opened.failure.detail)
  return opened.value.files
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(bytes))
}

describe.each([
  ['the disk', () => openDisk(temporaryFolder())],
  ['an S3-compatible server', openBucket],
])('a file store on %s', (_, open) => {
  let files: FileStore
  beforeAll(async () => {
    files = await open()
  })

  /** More than one piece of a multipart upload, in chunks that differ. */
  let content: Uint8Array
  let part: { space: string; hash: string }
  beforeEach(() => {
    content = Uint8Array.from(randomBytes(9_000_000))
    part = { space: newId(), hash: hashOf(content) }
  })
  async function writeAll(chunkBytes = 2_500_000, upTo = content.length): Promise<void> {
    for (let at = 0; at < upTo; at += chunkBytes)
      await files.writeChunk(part, at, content.subarray(at, Math.min(at + chunkBytes, upTo)))
  }
  const read = async (from: number, to: number) => {
    const stream = await files.read(part.hash, from, to)
    return new Uint8Array(await new Response(stream).arrayBuffer())
  }
  const finish = () => files.finish(part, { sizeBytes: content.length, type: 'video/mp4' })

  test('puts chunks together into a content, which is read whole and in ranges', async () => {
    await writeAll()
    expect(await files.sizeOfPart(part)).toBe(content.length)
    expect(hashOf(await collect(files.readPart(part, content.length)))).toBe(part.hash)
    expect(await files.sizeOf(part.hash)).toBeUndefined()
    await finish()
    expect(await files.sizeOf(part.hash)).toBe(content.length)
    expect(hashOf(await read(0, content.length))).toBe(part.hash)
    for (const [from, to] of [
      [0, 2],
      [2_499_999, 2_500_001],
      [content.length - 1, content.length],
    ] as const)
      expect(await read(from, to)).toEqual(content.slice(from, to))
    await files.dropPart(part)
    expect(hashOf(await read(0, content.length))).toBe(part.hash)
  })

  test('a small content, and one that comes a second time, are the same', async () => {
    content = content.slice(0, 1000)
    part = { ...part, hash: hashOf(content) }
    for (const space of [newId(), newId()]) {
      part = { ...part, space }
      await writeAll()
      await finish()
      await files.dropPart(part)
    }
    expect(await read(0, 1000)).toEqual(content)
    expect((await files.list()).filter((hash) => hash === part.hash)).toHaveLength(1)
  })

  test('a chunk can be written again, and a part begun anew with chunks of another size', async () => {
    await writeAll(1_000_000, 5_000_000)
    await files.writeChunk(part, 4_000_000, content.subarray(4_000_000, 5_000_000))
    await writeAll(2_500_000)
    expect(hashOf(await collect(files.readPart(part, content.length)))).toBe(part.hash)
    const [from, to] = [2_499_990, 2_500_010]
    expect(await files.readOfPart(part, from, to)).toEqual(content.slice(from, to))
  })

  test('a part that is shorter than was noted is told', async () => {
    await writeAll(500_000, 1_000_000)
    await expect(collect(files.readPart(part, 1_000_001))).rejects.toThrow()
    expect(await files.sizeOfPart(part)).toBe(1_000_000)
  })

  test('parts are listed until they are dropped, contents until they are removed; either may be gone already', async () => {
    await writeAll(500_000, 1_000_000)
    expect(await files.listParts()).toContainEqual(part)
    for (const _ of [1, 2]) await files.dropPart(part)
    expect(await files.listParts()).not.toContainEqual(part)
    expect(await files.sizeOfPart(part)).toBe(0)
    await writeAll()
    await finish()
    await files.dropPart(part)
    expect(await files.list()).toContain(part.hash)
    for (const _ of [1, 2]) await files.remove(part.hash)
    expect(await files.list()).not.toContain(part.hash)
    expect(await files.sizeOf(part.hash)).toBeUndefined()
    await expect(files.read(part.hash, 0, 1)).rejects.toThrow()
  })
})

test('two servers of one database and one bucket take the chunks of a file in turn, and either gives it out', async () => {
  const content = { files: await openBucket(), limits: { fileBytes: 9e6, spaceBytes: 9e7, deviceBytes: 9e7 } }
  const first = await makeServer(undefined, undefined, 0, content)
  const second = await makeServer(first.deps.store, undefined, 0, content)
  const { browser, device } = await openOrganizer(first)
  const other = second.openBrowser()
  for (const [name, value] of browser.cookies) other.cookies.set(name, value)
  const space = newId()
  const video = makeVideo(1_200_000)
  const hash = hashOf(video)
  await createWriter(browser, device)(space, [anEvent(space), naming('m', hash)])
  await begin(browser, space, video)
  for (const [i, one] of [browser, other, browser].entries())
    await sendChunk(one, space, hash, i * 500_000, video.subarray(i * 500_000, (i + 1) * 500_000))
  expect(await (await begin(other, space, video)).json()).toEqual({ offset: video.length, complete: true })
  const range = await other.send(`${filesUrl(space)}/${hash}`, { headers: { Range: 'bytes=499990-500009' } })
  expect([range.status, range.headers.get('Content-Range')]).toEqual([206, `bytes 499990-500009/${video.length}`])
  expect(new Uint8Array(await range.arrayBuffer())).toEqual(video.slice(499_990, 500_010))
  expect(await content.files.listParts()).toEqual([])
})

test('a bucket that is not there, or a wrong key, is told when the server starts', async () => {
  const { endpoint, accessKey, secretKey } = swift
  const bucket = { endpoint, bucket: 'tidak-ada', region: 'us-east-1', accessKey, secretKey }
  await expect(openS3(bucket)).rejects.toThrow('404')
  await expect(openS3({ ...bucket, secretKey: 'salah' })).rejects.toThrow('403')
})
