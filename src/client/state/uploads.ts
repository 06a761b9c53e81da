import type { ReadonlySignal } from '@preact/signals'
import { may } from '../../core/access.ts'
import type { FileType } from '../../core/fileType.ts'
import { type Material, readMaterials, setMaterial } from '../../core/material.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { reservedBytes } from '../../core/savedFile.ts'
import { typeOfName } from '../../core/sniff.ts'
import { changeBlob, changeBlobs } from '../db/blobQueue.ts'
import type { BlobRow, BlobState } from '../db/blobRow.ts'
import type { Database } from '../db/schema.ts'
import type { MaterialFields } from './materials.ts'
import type { OpenSpace } from './openSpace.ts'

/**
 * A file of this device on its way to the server. `waiting`: it goes by itself; `paused`: a person stopped it;
 * `refused`: the server does not take it, for the reason in `refusedFor` (protocol/failure.ts).
 */
export type FileUpload = {
  state: 'waiting' | 'running' | 'paused' | 'refused' | 'sent'
  sentBytes: number
  sizeBytes: number
  refusedFor: string | undefined
}

/**
 * A file on this device alone. `name`: among those of rescued ops; `title`: of its material, `''` where that is gone.
 */
export type StrandedFile = { name: string; hash: string; type: string; sizeBytes: number; title: string }

/** `noRoom`: the phone would have too little left for records; `badFile`: no material may be that; `empty`: 0 bytes. */
export type AddFailure = { kind: 'noRoom' | 'badFile' | 'empty' | 'unreadable' }

export type Uploads = {
  /** By hash; what was sent stays for a while. */
  files: ReadonlySignal<ReadonlyMap<string, FileUpload>>
  /**
   * Writes a material with its file, also without a network: op and content are on the disk when this resolves, with
   * the material's id, and the file goes by itself. With an `id` the file takes the place of the one before.
   */
  add: (
    space: OpenSpace,
    id: string | undefined,
    fields: MaterialFields,
    file: File,
    options?: { draft?: string; onRead?: (readBytes: number) => void },
  ) => Promise<Result<string, AddFailure>>
  /** A content that was captured here, as long as it lies here. */
  read: (hash: string) => Promise<Blob | undefined>
  pause: (hash: string) => Promise<void>
  /** Goes on with what was paused, refused or let go of. */
  resume: (hash: string) => Promise<void>
  /** What the server refused in an event: all of it once more, or let go of. */
  retryRefused: (space: string) => Promise<void>
  releaseRefused: (space: string) => Promise<void>
  /** What no server has, of all events or of one, to be saved by itself: a rescue file would be too large with it. */
  stranded: (space?: string) => Promise<StrandedFile[]>
  /** Removes the material and lets go of its file, unless another material of the event names it. */
  cancel: (space: OpenSpace, material: Material) => Promise<void>
}

export type UploadsParts = {
  db: Database
  /** Hash and possible types of a file (device/readFile.ts). */
  readFile: (file: Blob, onRead?: (readBytes: number) => void) => Promise<{ hash: string; types: FileType[] }>
  /** What the browser says is left for this site; `undefined` where it does not say. */
  freeBytes: () => Promise<number | undefined>
  wall: () => number
  /** Something may go to the server. */
  onReady: () => void
}

const isQuota = (error: unknown) =>
  [error, error instanceof Error && 'inner' in error ? error.inner : undefined].some(
    (one) => one instanceof Error && one.name === 'QuotaExceededError',
  )

/** The type that a name or the browser says, when the bytes allow it, else what they say themselves. */
function typeOf(file: File, types: FileType[]): FileType | undefined {
  return types.find((type) => type === typeOfName(file.name)) ?? types.find((type) => type === file.type) ?? types[0]
}

/** The files that were added on this device, on their way to the server. */
export function createUploads(parts: UploadsParts): Omit<Uploads, 'files' | 'read' | 'stranded'> {
  const { db, wall, onReady } = parts

  type Which = Parameters<typeof changeBlobs>[1]
  async function changeAll(which: Which, from: BlobState[], state: BlobState): Promise<void> {
    await changeBlobs(db, which, from, { state, settledAt: wall() })
    onReady()
  }

  async function capture(
    file: File,
    onRead?: (readBytes: number) => void,
  ): Promise<Result<Omit<BlobRow, 'space'> & { type: FileType }, AddFailure>> {
    if (file.size === 0) return fail({ kind: 'empty' })
    const free = await parts.freeBytes()
    if (free !== undefined && free - file.size < reservedBytes) return fail({ kind: 'noRoom' })
    const read = await parts.readFile(file, onRead).catch(() => undefined)
    if (!read) return fail({ kind: 'unreadable' })
    const type = typeOf(file, read.types)
    if (!type) return fail({ kind: 'badFile' })
    const at = { addedAt: wall(), settledAt: wall(), checkedAt: wall() }
    return ok({ hash: read.hash, type, sizeBytes: file.size, state: 'waiting', ...at })
  }

  return {
    pause: (hash) => changeAll({ hash }, ['waiting'], 'paused'),
    resume: (hash) => changeAll({ hash }, ['paused', 'refused', 'released'], 'waiting'),
    retryRefused: (space) => changeAll({ space, state: 'refused' }, ['refused'], 'waiting'),
    releaseRefused: (space) => changeAll({ space, state: 'refused' }, ['refused'], 'released'),
    add: async (space, id, fields, file, { draft, onRead } = {}) => {
      const captured = await capture(file, onRead)
      if (!captured.ok) return captured
      const { hash, type, sizeBytes } = captured.value
      const material = id ?? space.newId()
      const change = setMaterial(material, { ...fields, form: 'file', file: hash, type, sizeBytes })
      /** Without its name, which may say more than the title does. */
      const content = file.slice(0, file.size, type)
      try {
        await space.commit([change], draft, { row: { ...captured.value, space: space.id }, content })
      } catch (error) {
        if (isQuota(error)) return fail({ kind: 'noRoom' })
        throw error
      }
      onReady()
      return ok(material)
    },
    cancel: async (space, { id, file }) => {
      await space.commit([setMaterial(id, { deleted: true })])
      const others = materialsOf(space).some((other) => other.id !== id && other.file === file && !other.deleted)
      if (!others)
        await changeBlob(db, { space: space.id, hash: file }, ['waiting', 'paused', 'refused'], {
          state: 'released',
          settledAt: wall(),
        })
    },
  }
}

function materialsOf(space: OpenSpace): Material[] {
  return space.view(readMaterials).peek()
}

/** Says in the log that the server holds a content whole, of each material that names it and does not say so yet. */
export async function noteUploaded(space: OpenSpace, hash: string): Promise<void> {
  if (!may(space.role.value, 'upload')) return
  const silent = materialsOf(space).filter(({ file, uploaded }) => file === hash && uploaded !== hash)
  if (silent.length > 0) await space.commit(silent.map(({ id }) => setMaterial(id, { uploaded: hash })))
}
