import { may } from '../../core/access.ts'
import { backoffMs } from '../../core/backoff.ts'
import type { Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { FileProgress } from '../../protocol/file.ts'
import { maxChunkBytes } from '../../protocol/limits.ts'
import { changeBlob, dueBlobs, findBlob } from '../db/blobQueue.ts'
import type { BlobRow } from '../db/blobRow.ts'
import { readContent } from '../db/blobs.ts'
import { countWaitingOps } from '../db/outbox.ts'
import type { Database } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'
import type { Link } from './link.ts'

export type UploadParts = {
  db: Database
  link: Pick<Link, 'beginFile' | 'sendChunk'>
  /** This device's clock, epoch ms. */
  wall: () => number
  random: () => number
  /** Runs work unless another tab does some; says whether it ran. */
  exclusively: (work: () => Promise<void>) => Promise<boolean>
  /** Which content is being sent now, or none is. */
  onSending: (hash: string | undefined) => void
  /** The server holds a content whole. */
  onWhole: (space: string, hash: string) => Promise<void>
}

export type Uploader = {
  /** Sends what waits, unless that is being done already; resolves when nothing more can be done now. */
  run: () => Promise<void>
  stop: () => void
}

/** What the server will not take however often it is sent: a person decides. */
const final = new Set<Failure['kind']>(['badFile', 'tooLarge', 'overQuota'])
/** What may be otherwise in a while, for this one content: its event is not there yet, or was put back. */
const passing = new Set<Failure['kind']>(['forbidden', 'notFound', 'badRequest', 'hashMismatch'])
const retryMs = 60_000
const mostMismatches = 3
/** A chunk that takes longer is halved, a faster one doubled: on a jammed mast half a megabyte never gets through. */
const [shortMs, longMs] = [3_000, 12_000]
const leastBytes = 32_768

/**
 * Sends captured files, one after the other and chunk by chunk, from where the server stands: that is asked for each
 * time, and noted here only to be shown. Ops go first: it gives way as soon as there is one more of them to be sent.
 */
export function createUploader(parts: UploadParts): Uploader {
  const { db, link, wall, random, onSending } = parts
  /** When the server could not take a content yet, by its name; the clock may have been put back since. */
  const triedAt = new Map<string, number>()
  const mismatches = new Map<string, number>()
  let running: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let chunkBytes = 4 * leastBytes
  let failures = 0
  let stopped = false

  const nameOf = ({ space, hash }: BlobRow) => `${space} ${hash}`

  async function settle(row: BlobRow, { kind }: Failure): Promise<void> {
    const count = (mismatches.get(nameOf(row)) ?? 0) + (kind === 'hashMismatch' ? 1 : 0)
    mismatches.set(nameOf(row), count)
    if (final.has(kind) || count >= mostMismatches) {
      mismatches.delete(nameOf(row))
      await changeBlob(db, row, ['waiting', 'sent'], { state: 'refused', refusedFor: kind })
    } else triedAt.set(nameOf(row), wall())
  }

  async function finish(row: BlobRow): Promise<void> {
    await parts.onWhole(row.space, row.hash)
    const epoch = (await readSpace(db, row.space))?.epoch ?? ''
    const now = wall()
    await changeBlob(db, row, ['waiting', 'paused'], { state: 'sent', settledAt: now })
    await changeBlob(db, row, ['sent'], { sentIn: epoch, checkedAt: now })
  }

  function adapt(tookMs: number): void {
    failures = 0
    if (tookMs < shortMs) chunkBytes = Math.min(maxChunkBytes, chunkBytes * 2)
    else if (tookMs > longMs) chunkBytes = Math.max(leastBytes, chunkBytes / 2)
  }

  /** Sends one content; what ends the pass, or `undefined` when the next may have its turn. */
  async function send(row: BlobRow, waitingOps: number): Promise<Failure | 'opsFirst' | undefined> {
    const { space, hash, type, sizeBytes } = row
    let content: Blob | undefined
    let said: Result<FileProgress, Failure> = await link.beginFile(space, { hash, sizeBytes, type })
    for (;;) {
      if (!said.ok) {
        if (!final.has(said.failure.kind) && !passing.has(said.failure.kind)) return said.failure
        await settle(row, said.failure)
        return undefined
      }
      const { offset, complete } = said.value
      if (complete) {
        await finish(row)
        return undefined
      }
      await changeBlob(db, row, ['sent'], { state: 'waiting' })
      await changeBlob(db, row, ['waiting', 'paused'], { sentBytes: offset })
      if (stopped || (await findBlob(db, row))?.state !== 'waiting') return undefined
      if ((await countWaitingOps(db)) > waitingOps) return 'opsFirst'
      content ??= await readContent(db, hash)
      if (!content || offset >= sizeBytes) {
        await settle(row, { kind: 'notFound' })
        return undefined
      }
      onSending(hash)
      const startedAt = wall()
      const bytes = new Uint8Array(await content.slice(offset, offset + chunkBytes).arrayBuffer())
      said = await link.sendChunk(space, hash, offset, bytes)
      if (said.ok) adapt(wall() - startedAt)
    }
  }

  async function mayBeSent(space: string): Promise<boolean> {
    const held = await readSpace(db, space)
    return Boolean(held && !held.revoked && held.epoch && may(held.role, 'upload'))
  }

  /** What ended the pass before everything was sent. */
  async function sendAll(): Promise<Failure | undefined> {
    const waitingOps = await countWaitingOps(db)
    for (const row of await dueBlobs(db, wall())) {
      const sinceMs = Math.abs(wall() - (triedAt.get(nameOf(row)) ?? Number.NEGATIVE_INFINITY))
      if (sinceMs < retryMs || !(await mayBeSent(row.space))) continue
      const ended = await send(row, waitingOps)
      if (ended === 'opsFirst') return undefined
      if (ended) return ended
    }
    return undefined
  }

  async function pass(): Promise<void> {
    clearTimeout(timer)
    let failure: Failure | undefined
    try {
      await parts.exclusively(async () => {
        failure = await sendAll()
      })
    } finally {
      onSending(undefined)
    }
    if (!failure || stopped) return
    chunkBytes = Math.max(leastBytes, chunkBytes / 2)
    timer = setTimeout(() => void run(), backoffMs(failures++, random(), failure.retryAfterMs))
  }

  function run(): Promise<void> {
    if (stopped) return Promise.resolve()
    running ??= pass().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    run,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
