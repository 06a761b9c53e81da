import { signal } from '@preact/signals'
import { lazily } from '../core/lazily.ts'
import { hasBlobs, readContent } from './db/blobs.ts'
import type { FileUpload, Uploads } from './state/uploads.ts'
import type { UploaderParts } from './uploader.ts'

/**
 * Uploads whose code comes with the first file: an attendee's phone never has one. `sendFiles`: the server can be
 * reached, so what waits may go.
 */
export function createLazyUploads(parts: Omit<UploaderParts, 'files'>): { uploads: Uploads; sendFiles: () => void } {
  const files = signal<ReadonlyMap<string, FileUpload>>(new Map())
  const load = lazily(async () => (await import('./uploader.ts')).startUploader({ ...parts, files }))
  /** A database that does not answer is told by state/health.ts; what waits is tried again after the next round. */
  async function loadIfAny() {
    try {
      return (await hasBlobs(parts.db)) ? await load() : undefined
    } catch {
      return undefined
    }
  }
  void loadIfAny()
  return {
    sendFiles: () => void loadIfAny().then((started) => started?.run()),
    uploads: {
      files,
      add: async (...input) => (await load()).uploads.add(...input),
      read: (hash) => readContent(parts.db, hash),
      pause: async (hash) => (await load()).uploads.pause(hash),
      resume: async (hash) => (await load()).uploads.resume(hash),
      retryRefused: async (space) => (await load()).uploads.retryRefused(space),
      releaseRefused: async (space) => (await load()).uploads.releaseRefused(space),
      stranded: async (space) => (await loadIfAny())?.uploads.stranded(space) ?? [],
      cancel: async (...input) => (await load()).uploads.cancel(...input),
    },
  }
}
