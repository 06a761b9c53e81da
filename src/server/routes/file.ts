import type { Context } from 'hono'
import * as v from 'valibot'
import type { SpaceRole } from '../../core/access.ts'
import { textOf } from '../../core/fields.ts'
import type { Space } from '../../core/fold.ts'
import { answeredForms, isVisible, type Material, readMaterials } from '../../core/material.ts'
import { FilePath } from '../../protocol/file.ts'
import { refuse } from './answers.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { headersOf } from './fileHeaders.ts'
import { readRange } from './range.ts'

type Caller = { space: string; role: SpaceRole; owner: string | undefined }

/** The first material by which the caller may open a content now. A hash alone opens nothing. */
async function findNaming(deps: Deps, { space, role, owner }: Caller, hash: string): Promise<Material | undefined> {
  const folded = await deps.folded(space)
  const naming = folded ? readMaterials(folded.space).filter(({ file }) => file === hash) : []
  if (!folded || naming.length === 0) return undefined
  const answered = role === 'attendee' ? await answeredBy(deps, folded.space, { space, owner }) : new Set<string>()
  return naming.find((material) => isVisible(material, folded.space, { role, now: deps.now(), answered }))
}

async function answeredBy({ store }: Deps, folded: Space, { space, owner = '' }: Omit<Caller, 'role'>) {
  const devs = owner ? await store.listOwned(space, owner) : []
  const isOwn = (person: string) => owner !== '' && person.startsWith(owner)
  return answeredForms(
    folded,
    ({ fields, stamp }) => devs.includes(`device:${stamp.dev}`) || isOwn(textOf(fields, 'p')),
  )
}

/** A content, whole or one range of it, to whoever may open a material that names it. */
export const file = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'readFiles')
  if (!granted.ok) return refuse(c, granted.failure)
  const path = v.safeParse(FilePath, c.req.param())
  if (!path.success) return refuse(c, { kind: 'notFound' })
  const { hash } = path.output
  const material = await findNaming(deps, granted.value, hash)
  const held = material && (await deps.store.findFile(granted.value.space, hash))
  const sizeBytes = held && (await deps.files.sizeOf(hash))
  if (!material || !held || sizeBytes === undefined) return refuse(c, { kind: 'notFound' })

  const headers = headersOf(held.type, material, hash)
  if (c.req.header('If-None-Match') === headers.ETag) return c.body(null, 304, headers)
  const isSame = [undefined, headers.ETag].includes(c.req.header('If-Range'))
  const range = readRange(isSame ? c.req.header('Range') : undefined, sizeBytes)
  if (range === 'beyond') return c.body(null, 416, { 'Content-Range': `bytes */${sizeBytes}` })
  const { from, to } = range ?? { from: 0, to: sizeBytes }
  const body = c.req.method === 'HEAD' ? '' : await deps.files.read(hash, from, to)
  const part = { ...headers, 'Content-Length': String(to - from) }
  if (!range) return c.body(body, 200, part)
  const place = { 'Content-Range': `bytes ${from}-${to - 1}/${sizeBytes}` }
  return c.body(body, 206, { ...part, ...place })
}
