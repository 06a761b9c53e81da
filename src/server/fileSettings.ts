import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import type { Bucket } from './files/s3.ts'
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
const text = (meaning: string) => v.optional(v.pipe(v.string(), v.description(meaning)))

/** The variables about materials' files; part of the environment (config.ts). */
export const fileVariables = {
  HADIR_MAX_FILE_MB: v.optional(megabytes(4_000, 'the largest file of a material'), '512'),
  HADIR_MAX_SPACE_MB: v.optional(megabytes(99_999, 'what the files of one event may take'), '20480'),
  HADIR_MAX_DEVICE_MB: v.optional(megabytes(99_999, 'what one device may bring in all'), '20480'),
  HADIR_S3_ENDPOINT: v.optional(
    v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/), v.description('https://name of the S3-compatible service')),
  ),
  HADIR_S3_BUCKET: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
      v.description('the name of a bucket that is there'),
    ),
  ),
  HADIR_S3_REGION: v.optional(
    v.pipe(v.string(), v.minLength(1), v.description('the region of the bucket')),
    'us-east-1',
  ),
  HADIR_S3_ACCESS_KEY: text('the access key of the bucket'),
  HADIR_S3_SECRET_KEY: text('the secret key of the bucket'),
}
const Variables = v.object(fileVariables)

/** Where the bytes of materials lie (in the data folder without a bucket), and how many are taken. */
export type FileSettings = { limits: UploadLimits; bucket: Bucket | undefined }

/** The settings about files; a bucket needs all that says where it is and who asks, or nothing of it. */
export function toFileSettings(
  given: v.InferOutput<typeof Variables>,
): Result<FileSettings, { kind: 'missing'; name: string }> {
  const limits = {
    fileBytes: given.HADIR_MAX_FILE_MB,
    spaceBytes: given.HADIR_MAX_SPACE_MB,
    deviceBytes: given.HADIR_MAX_DEVICE_MB,
  }
  const { HADIR_S3_ENDPOINT: endpoint, HADIR_S3_BUCKET: bucket, HADIR_S3_REGION: region } = given
  const { HADIR_S3_ACCESS_KEY: accessKey, HADIR_S3_SECRET_KEY: secretKey } = given
  if (endpoint && bucket && accessKey && secretKey)
    return ok({ limits, bucket: { endpoint, bucket, region, accessKey, secretKey } })
  const parts = {
    HADIR_S3_ENDPOINT: endpoint,
    HADIR_S3_BUCKET: bucket,
    HADIR_S3_ACCESS_KEY: accessKey,
    HADIR_S3_SECRET_KEY: secretKey,
  }
  const isAny = Object.values(parts).some(Boolean)
  const missing = Object.entries(parts).find(([, value]) => !value)?.[0]
  return isAny && missing ? fail({ kind: 'missing', name: missing }) : ok({ limits, bucket: undefined })
}
