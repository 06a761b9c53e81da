import { readContent } from './db/blobs.ts'
import { createUploadList } from './state/uploadList.ts'
import type { Uploads } from './state/uploads.ts'
import type { startUploader, UploaderParts } from './uploader.ts'

type Started = ReturnType<typeof startUploader>

/** Uploads whose code comes with the first file. `sendFiles`: the server can be reached, so what waits may go. */
export function createLazyUploads(parts: Omit<UploaderParts, 'list'>): { uploads: Uploads; sendFiles: () => void } {
  const list = createUploadList(parts.db)
  let loading: Promise<Started> | undefined
  function load(): Promise<Started> {
    loading ??= import('./uploader.ts').then(({ startUploader }) => startUploader({ ...parts, list }))
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  return {
    sendFiles: () => {
      if (list.files.value.size > 0) void load().then(({ run }) => run())
    },
    uploads: {
      files: list.files,
      add: async (...input) => (await load()).uploads.add(...input),
      read: (hash) => readContent(parts.db, hash),
      pause: async (hash) => (await load()).uploads.pause(hash),
      resume: async (hash) => (await load()).uploads.resume(hash),
      retryRefused: async (space) => (await load()).uploads.retryRefused(space),
      releaseRefused: async (space) => (await load()).uploads.releaseRefused(space),
      cancel: async (...input) => (await load()).uploads.cancel(...input),
    },
  }
}
