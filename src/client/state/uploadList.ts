import type { Signal } from '@preact/signals'
import { watchBlobs } from '../db/blobQueue.ts'
import type { BlobRow } from '../db/blobRow.ts'
import type { Database } from '../db/schema.ts'
import type { FileUpload } from './uploads.ts'

/** How much of a content the server holds; `undefined`: none is being sent now. */
type Progress = { hash: string; sentBytes: number } | undefined

/** Keeps in `files` what was captured here and how far it is sent; the latter by what is reported to it. */
export function followUploads(
  db: Database,
  files: Signal<ReadonlyMap<string, FileUpload>>,
): (progress: Progress) => void {
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
  return (progress) => {
    now = progress?.hash
    if (progress) sent.set(progress.hash, progress.sentBytes)
    if (rows.length > 0) announce()
  }
}
