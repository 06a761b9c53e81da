import { type ReadonlySignal, signal } from '@preact/signals'
import type { BlobRow } from '../db/blobRow.ts'
import { watchBlobs } from '../db/blobs.ts'
import type { Database } from '../db/schema.ts'
import type { FileUpload } from './uploads.ts'

export type UploadList = {
  files: ReadonlySignal<ReadonlyMap<string, FileUpload>>
  /** How much of a content the server holds; `undefined`: none is being sent now. */
  report: (progress: { hash: string; sentBytes: number } | undefined) => void
}

/** What was captured here, kept up to date, and how far it is sent. Small: it is there before anything else of uploads. */
export function createUploadList(db: Database): UploadList {
  const files = signal<ReadonlyMap<string, FileUpload>>(new Map())
  const sent = new Map<string, number>()
  let rows: BlobRow[] = []
  let now: string | undefined

  function announce(): void {
    const next = new Map<string, FileUpload>()
    for (const { hash, state, sizeBytes, refusedFor } of rows) {
      if (state === 'released' || (state === 'sent' && next.has(hash))) continue
      const sentBytes = state === 'sent' ? sizeBytes : (sent.get(hash) ?? 0)
      next.set(hash, {
        state: state === 'waiting' && hash === now ? 'running' : state,
        sentBytes,
        sizeBytes,
        refusedFor: state === 'refused' ? refusedFor : undefined,
      })
    }
    files.value = next
  }

  watchBlobs(db, (found) => {
    rows = found
    announce()
  })
  return {
    files,
    report: (progress) => {
      now = progress?.hash
      if (progress) sent.set(progress.hash, progress.sentBytes)
      if (rows.length > 0) announce()
    },
  }
}
