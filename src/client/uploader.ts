import { exclusively } from './device/locks.ts'
import { readFile } from './device/readFile.ts'
import type { Spaces } from './state/spaces.ts'
import { listStranded } from './state/strandedFiles.ts'
import { followUploads } from './state/uploadList.ts'
import { createUploads, noteUploaded, type UploadsParts } from './state/uploads.ts'
import { createUploader, type UploadParts } from './sync/upload.ts'

export type UploaderParts = Pick<UploadsParts, 'db' | 'freeBytes' | 'wall'> &
  Pick<UploadParts, 'link' | 'random'> & { spaces: Spaces; files: Parameters<typeof followUploads>[1] }

/** Wires capturing and sending of files. Loaded with the first file: an attendee's phone never has one. */
export function startUploader({ spaces, files, ...parts }: UploaderParts) {
  const uploader = createUploader({
    ...parts,
    exclusively: (work) => exclusively(work, 'hadir-upload'),
    onSending: followUploads(parts.db, files),
    onWhole: async (space, hash) => {
      const opened = await spaces.open(space)
      if (opened) await noteUploaded(opened, hash)
    },
  })
  const onReady = () => void uploader.run()
  const uploads = createUploads({ ...parts, readFile, onReady })
  const stranded = (only?: string) => listStranded(parts.db, spaces, only)
  return { run: onReady, uploads: { ...uploads, stranded } }
}
