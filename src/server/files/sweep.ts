import { dayMs } from '../../core/time.ts'
import { type HeldFile, noSpace, type Store } from '../store/store.ts'
import type { FileStore, Part } from './fileStore.ts'

/** An upload that did not move for so long is given up; its sender begins anew. */
const idleMs = 7 * dayMs
/** What no material names is kept for so long: a deletion is undone, a restored log gets its ops back. */
const keptMs = 30 * dayMs

/**
 * Removes what nobody needs. `namedIn`: the contents that a space's materials name now. Each step can be repeated, and
 * two servers may sweep at once.
 */
export async function sweepFiles(parts: {
  store: Store
  files: FileStore
  namedIn: (space: string) => Promise<ReadonlySet<string>>
  now: number
}): Promise<void> {
  const { store, files, namedIn, now } = parts

  async function dropParts(): Promise<void> {
    /** In this order: an upload is noted before its first byte lies anywhere. */
    const lying = await files.listParts()
    const uploads = await store.listUploads()
    const isNoted = (part: Part) => uploads.some(({ space, hash }) => space === part.space && hash === part.hash)
    for (const part of lying) if (!isNoted(part)) await files.dropPart(part)
    for (const upload of uploads) {
      if (now - upload.touchedAt <= idleMs) continue
      await store.dropUpload(upload.space, upload.hash)
      await files.dropPart(upload)
    }
  }

  async function look({ space, hash, unnamedSince }: HeldFile, named: ReadonlySet<string>): Promise<void> {
    if (named.has(hash)) return unnamedSince === null ? undefined : store.noteUnnamed(space, hash, null)
    if (unnamedSince === null) return store.noteUnnamed(space, hash, now)
    if (now - unnamedSince <= keptMs) return undefined
    /** An upload may have put it again since, or put it into another space in the next moment. */
    return store.alone(async () => {
      const held = await store.findFile(space, hash)
      if (held?.unnamedSince !== unnamedSince) return
      await store.dropFile(space, hash)
      if ((await store.listHolders(hash)).length === 0) await files.remove(hash)
    })
  }

  /** Content that the database does not know, as after its restore from a backup: its time begins now. */
  async function noteOrphans(): Promise<void> {
    for (const hash of await files.list()) {
      if ((await store.listHolders(hash)).length > 0) continue
      const nobodys = { space: noSpace, dev: '', type: '', sizeBytes: 0, createdAt: now }
      await store.putFile({ ...nobodys, hash, unnamedSince: now })
    }
  }

  await dropParts()
  const namedBySpace = new Map<string, ReadonlySet<string>>([[noSpace, new Set()]])
  for (const file of await store.listFiles()) {
    const named = namedBySpace.get(file.space) ?? (await namedIn(file.space))
    namedBySpace.set(file.space, named)
    await look(file, named)
  }
  await noteOrphans()
}
