import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { isFileType } from '../../core/fileType.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { sniffTypes } from '../../core/sniff.ts'
import { type HeldFile, noSpace, type Store, type Upload } from '../store/store.ts'
import type { FileStore, Part } from './fileStore.ts'

export type UploadLimits = { fileBytes: number; spaceBytes: number; deviceBytes: number }

/** What stands in the way of a content; the same words as on the wire. */
export type UploadFailure = {
  kind: 'badFile' | 'tooLarge' | 'overQuota' | 'storageFull' | 'notFound' | 'badRequest' | 'hashMismatch'
}
export type Progress = { offset: number; complete: boolean }
type Taken = Promise<Result<Progress, UploadFailure>>

export type Uploads = {
  /** Begins or goes on. `mayRead`: whether the caller reads this content in that other space already. */
  begin(
    request: Part & { dev: string; sizeBytes: number; type: string; now: number },
    mayRead: (space: string) => Promise<boolean>,
  ): Taken
  takeChunk(part: Part, chunk: { offset: number; bytes: Uint8Array; now: number }): Taken
}

/** Room that the database keeps: records come before materials. */
const reservedBytes = 268_435_456

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(inflateRaw)

/**
 * Bytes become a space's content here, chunk by chunk; the offset in the database is the truth about what was received.
 */
export function createUploads(store: Store, files: FileStore, limits: UploadLimits): Uploads {
  const turns = new Map<string, Promise<unknown>>()

  /** One at a time for each content in this process; between processes the offset decides. */
  function inTurn<T>(hash: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(hash) ?? Promise.resolve()).then(work, work)
    turns.set(hash, turn)
    const leave = () => {
      if (turns.get(hash) === turn) turns.delete(hash)
    }
    turn.then(leave, leave)
    return turn
  }

  const whole = (sizeBytes: number) => ok({ offset: sizeBytes, complete: true })
  const at = (offset: number) => ok({ offset, complete: false })

  /** The size of a content that the space holds and that is really there: a backup may know more than the disk. */
  async function sizeHeld({ space, hash }: Part): Promise<number | undefined> {
    return (await store.findFile(space, hash)) && (await files.sizeOf(hash))
  }

  /** Whoever may read a content in another space has proved enough; nobody else learns that it is here. */
  async function findElsewhere(hash: string, mayRead: (space: string) => Promise<boolean>) {
    if ((await files.sizeOf(hash)) === undefined) return undefined
    for (const space of await store.listHolders(hash))
      if (space !== noSpace && (await mayRead(space))) return store.findFile(space, hash)
    return undefined
  }

  async function drop(part: Part): Promise<void> {
    await store.dropUpload(part.space, part.hash)
    await files.dropPart(part)
  }

  async function hasHash({ sizeBytes, ...part }: Upload): Promise<boolean> {
    const hash = createHash('sha256')
    for await (const bytes of files.readPart(part, sizeBytes)) hash.update(bytes)
    return hash.digest('base64url') === part.hash
  }

  async function isOfItsType({ sizeBytes, type, ...part }: Upload): Promise<boolean> {
    const found = await sniffTypes(
      (from, to) => files.readOfPart(part, from, Math.min(to, sizeBytes)),
      sizeBytes,
      (packed, maxOutputLength) => unpack(packed, { maxOutputLength }),
    )
    return found.some((one) => one === type)
  }

  /** A database that was restored may know a part that is not on the disk. */
  async function findFault(upload: Upload): Promise<'notFound' | 'hashMismatch' | 'badFile' | undefined> {
    if ((await files.sizeOfPart(upload)) < upload.sizeBytes) return 'notFound'
    if (!(await hasHash(upload))) return 'hashMismatch'
    return (await isOfItsType(upload)) ? undefined : 'badFile'
  }

  /**
   * Notes that a space holds a content, if it is still there: what nobody holds is removed (sweep.ts), by nobody at
   * once.
   */
  const hold = (file: HeldFile): Promise<boolean> =>
    store.alone(async () => {
      const isThere = (await files.sizeOf(file.hash)) !== undefined
      if (isThere) await store.putFile(file)
      return isThere
    })

  /** Every step can come again after a crash: verified, moved to its place, noted as the space's. */
  async function finish(upload: Upload, now: number): Taken {
    const { space, hash, type, sizeBytes, dev, verified } = upload
    if (!verified) {
      const refusal = await findFault(upload)
      if (refusal) {
        await drop(upload)
        return fail({ kind: refusal })
      }
      await store.noteVerified(space, hash)
    }
    if ((await files.sizeOf(hash)) === undefined) {
      if ((await files.sizeOfPart(upload)) < sizeBytes) {
        await drop(upload)
        return fail({ kind: 'notFound' })
      }
      await files.finish(upload, { sizeBytes, type })
    }
    if (!(await hold({ space, hash, type, sizeBytes, dev, createdAt: now, unnamedSince: null })))
      return finish(upload, now)
    await files.dropPart(upload)
    return whole(sizeBytes)
  }

  async function isOverQuota({ space, dev, sizeBytes }: Upload): Promise<boolean> {
    const [ofSpace, ofDevice] = [await store.sizeOfFiles({ space }), await store.sizeOfFiles({ dev })]
    return ofSpace + sizeBytes > limits.spaceBytes || ofDevice + sizeBytes > limits.deviceBytes
  }

  /** Notes an upload where there is room for it: of two at once, the second is counted with the first. */
  const takeRoom = (upload: Upload): Promise<boolean> =>
    store.alone(async () => {
      if (await isOverQuota(upload)) return false
      await store.beginUpload(upload)
      return true
    })

  return {
    begin: (request, mayRead) =>
      inTurn(request.hash, async () => {
        const { now, ...place } = request
        const { space, dev, hash, sizeBytes, type } = place
        if (sizeBytes === 0 || !isFileType(type)) return fail({ kind: 'badFile' })
        if (sizeBytes > limits.fileBytes) return fail({ kind: 'tooLarge' })
        const held = await sizeHeld(request)
        if (held !== undefined) return whole(held)
        const begun = await store.findUpload(space, hash)
        if (begun?.sizeBytes === sizeBytes && begun.received === sizeBytes) return finish(begun, now)
        if (begun?.sizeBytes === sizeBytes && (await files.sizeOfPart(begun)) >= begun.received)
          return at(begun.received)
        if (begun) await drop(begun)
        await files.dropPart(request)
        if (!(await takeRoom({ ...place, received: 0, verified: false, touchedAt: now })))
          return fail({ kind: 'overQuota' })
        const elsewhere = await findElsewhere(hash, mayRead)
        if (elsewhere && (await hold({ ...elsewhere, space, dev, createdAt: now, unnamedSince: null })))
          return whole(elsewhere.sizeBytes)
        const free = await files.freeBytes()
        if (free === undefined || free - sizeBytes >= reservedBytes) return at(0)
        await drop(request)
        return fail({ kind: 'storageFull' })
      }),
    takeChunk: (part, { offset, bytes, now }) =>
      inTurn(part.hash, async () => {
        const held = await sizeHeld(part)
        if (held !== undefined) return whole(held)
        const upload = await store.findUpload(part.space, part.hash)
        if (!upload) return fail({ kind: 'notFound' })
        const { received, sizeBytes } = upload
        if (received === sizeBytes) return finish(upload, now)
        if (offset !== received) return at(received)
        if (bytes.length === 0) return fail({ kind: 'badRequest' })
        const reached = offset + bytes.length
        if (reached > sizeBytes) return fail({ kind: 'tooLarge' })
        await files.writeChunk(part, offset, bytes)
        const step = { from: offset, to: reached, now }
        if (!(await store.advanceUpload(part.space, part.hash, step)))
          return at((await store.findUpload(part.space, part.hash))?.received ?? 0)
        return reached === sizeBytes ? finish({ ...upload, received: reached }, now) : at(reached)
      }),
  }
}
