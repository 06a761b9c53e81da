import * as v from 'valibot'
import { Count, Hash } from './parts.ts'

/**
 * `POST /api/v1/spaces/:space/files`: begins the upload of a material's content, or goes on with it after an
 * interruption. `hash` is the SHA-256 of the whole, `type` one of core/fileType.ts. Whether another space has the same
 * content is never told: who may not read it there sends it whole, and it is stored once all the same.
 */
export const FileRequest = v.object({
  hash: Hash,
  sizeBytes: Count,
  type: v.pipe(v.string(), v.maxLength(100)),
})
export type FileRequest = v.InferOutput<typeof FileRequest>

/**
 * How much of a content the server holds for this space, on its disk, and whether that is the whole, verified. The next
 * chunk begins at `offset`.
 */
export const FileProgress = v.object({ offset: Count, complete: v.boolean() })
export type FileProgress = v.InferOutput<typeof FileProgress>

/**
 * `PUT /api/v1/spaces/:space/files/:hash?offset=N`: the bytes from `offset` on, at most `maxChunkBytes` of them. They
 * are answered once they are on the disk; at another offset than the server's nothing is written and its own is
 * answered. Behind the last chunk the whole is verified: `hashMismatch` and `badFile` throw it away.
 */
export const ChunkQuery = v.object({ offset: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)) })

/**
 * `GET /api/v1/spaces/:space/files/:hash`: the content, whole or one range of it, to whoever may now open a material of
 * the space that names it. To everybody else, and while it is not here whole, it does not exist.
 */
export const FilePath = v.object({ hash: Hash })
