import * as v from 'valibot'
import type { UploadLimits } from './files/uploads.ts'

/** A number of megabytes as bytes. */
const megabytes = (maximum: number, meaning: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,5}$/),
    v.transform((text) => Number(text) * 1_048_576),
    v.maxValue(maximum * 1_048_576),
    v.description(`${meaning}, a whole number of MB up to ${maximum}`),
  )

/** The variables about materials' files; part of the environment (config.ts). */
export const fileVariables = {
  HADIR_MAX_FILE_MB: v.optional(megabytes(4_000, 'the largest file of a material'), '512'),
  HADIR_MAX_SPACE_MB: v.optional(megabytes(99_999, 'what the files of one event may take'), '20480'),
  HADIR_MAX_DEVICE_MB: v.optional(megabytes(99_999, 'what one device may bring in all'), '20480'),
}
const Variables = v.object(fileVariables)

/** Where the bytes of materials lie, and how many are taken. */
export type FileSettings = { limits: UploadLimits }

export function toFileSettings(given: v.InferOutput<typeof Variables>): FileSettings {
  return {
    limits: {
      fileBytes: given.HADIR_MAX_FILE_MB,
      spaceBytes: given.HADIR_MAX_SPACE_MB,
      deviceBytes: given.HADIR_MAX_DEVICE_MB,
    },
  }
}
