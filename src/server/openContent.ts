import { join } from 'node:path'
import { fail, ok, type Result } from '../core/result.ts'
import type { FileSettings } from './fileSettings.ts'
import { openDisk } from './files/disk.ts'
import type { FileStore } from './files/fileStore.ts'
import { openS3 } from './files/s3.ts'
import type { UploadLimits } from './files/uploads.ts'

/** Where the bytes of materials lie, and how many are taken. */
export type Content = { files: FileStore; limits: UploadLimits }
export type ContentFailure = { kind: 'noBucket' | 'notWritable'; detail: string }

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : '')

/** Opens the bucket of the settings, or the folder of files in the data folder. */
export async function openContent(
  dataFolder: string,
  { limits, bucket }: FileSettings,
): Promise<Result<Content, ContentFailure>> {
  try {
    return ok({ limits, files: bucket ? await openS3(bucket) : await openDisk(join(dataFolder, 'blobs')) })
  } catch (error) {
    if (bucket) return fail({ kind: 'noBucket', detail: `${bucket.bucket}: ${wordsOf(error)}` })
    return fail({ kind: 'notWritable', detail: `${dataFolder}: ${wordsOf(error)}` })
  }
}
