import type { Signal } from '@preact/signals'
import { watchBlobs } from '../db/blobQueue.ts'
import type { BlobRow } from '../db/blobRow.ts'
import type { Database } from '../db/schema.ts'
import type { FileUpload } from './uploads.ts'

/** Keeps in `files` what was captured here and how far it is sent; it is told which content is being sent now. */
export function followUploads(
  db: Database,
  files: Signal<ReadonlyMap<string, FileUpload>>,
): (hash: string | undefined) => void {
  let rows: BlobRow[] = []
  let now: string | undefined

  function announce(): void {
    const next = new Map<string, FileUpload>()
    for (const { hash, state, sizeBytes, sentBytes = 0, refusedFor } of rows) {
      if (state === 'released' || (state === 'sent' && next.has(hash))) continue
      next.set(hash, {
        state: state === 'waiting' && hash === now ? 'running' : state,
        sentBytes: state === 'sent' ? sizeBytes : sentBytes,
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
  return (hash) => {
    if (now === hash) return
    now = hash
    if (rows.length > 0) announce()
  }
}
