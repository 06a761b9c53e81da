import type { Context } from 'hono'
import * as v from 'valibot'
import { ChunkQuery, FilePath, type FileProgress } from '../../protocol/file.ts'
import { maxChunkBytes } from '../../protocol/limits.ts'
import { answer, refuse } from './answers.ts'
import { readBytes } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Takes a chunk of a content; answers once it is on the disk. */
export const chunk = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'upload')
  if (!granted.ok) return refuse(c, granted.failure)
  const path = v.safeParse(FilePath, c.req.param())
  if (!path.success) return refuse(c, { kind: 'notFound' })
  const query = v.safeParse(ChunkQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const bytes = await readBytes(c, maxChunkBytes)
  if (!bytes.ok) return refuse(c, bytes.failure)
  const part = { space: granted.value.space, hash: path.output.hash }
  const { offset } = query.output
  const taken = await deps.uploads.takeChunk(part, { offset, bytes: bytes.value, now: deps.now() })
  return taken.ok ? answer<FileProgress>(c, taken.value) : refuse(c, taken.failure)
}
