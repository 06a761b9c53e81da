import { signal } from '@preact/signals'
import { lazily } from '../core/lazily.ts'
import type { Material } from '../core/material.ts'
import { partCount, partRange, reservedBytes } from '../core/savedFile.ts'
import { dropSettledContent, readContent, settledBlobs } from './db/blobs.ts'
import { onFullDisk } from './db/connection.ts'
import type { Reserve } from './db/reserve.ts'
import type { Database } from './db/schema.ts'
import { keepExtras } from './device/appCache.ts'
import { exclusively, openFiles } from './device/locks.ts'
import { createSavedFiles, hasSavedFiles } from './device/savedFiles.ts'
import { isDiskFull, readStorageHealth, savesData } from './device/storage.ts'
import type { OpenSpace } from './state/openSpace.ts'
import type { Spaces } from './state/spaces.ts'
import type { Download, Downloads } from './sync/download.ts'
import type { SavedMaterials } from './ui/app.ts'

const pdf = 'application/pdf'

export type SavedParts = { db: Database; spaces: Spaces; reserve?: Reserve | undefined; wall: () => number }

/** Materials that this device keeps; the code that fetches them is loaded once something is kept or wanted. */
export function createSaved({ db, spaces, reserve, wall }: SavedParts) {
  const files = signal<ReadonlyMap<string, Download>>(new Map())
  const shelf = createSavedFiles()

  const load = lazily(async (): Promise<Downloads> => {
    const [{ createDownloads }, { createFileLink }, { noteSaved }] = await Promise.all([
      import('./sync/download.ts'),
      import('./sync/fileLink.ts'),
      import('./state/materials.ts'),
    ])
    const downloads = createDownloads({
      shelf,
      getPart: createFileLink(),
      freeBytes: async () => (await readStorageHealth()).freeBytes,
      openFiles,
      exclusively: (work) => exclusively(work, 'hadir-materi'),
      savesData,
      wall,
      random: Math.random,
      onChange: (next) => {
        files.value = next
      },
      onWhole: ({ hash, type, spaces: holders }) => {
        if (type === pdf && !savesData()) keepExtras(['pdf'])
        for (const id of holders) void spaces.open(id).then((space) => space && noteSaved(space, hash))
      },
    })
    await downloads.start()
    spaces.rows.subscribe((rows) => rows && void downloads.keepOnly(new Set(rows.map(({ space }) => space))))
    return downloads
  })

  /** Without anything kept here there is nothing to load for it. */
  const loadHeld = async () => ((await hasSavedFiles()) ? load() : undefined)

  /**
   * What was sent from here goes first, and what was let go of: nobody waits for it. A full database may refuse even
   * that.
   */
  async function dropSettled(bytes: number): Promise<number> {
    const open = await openFiles()
    let freed = 0
    try {
      for (const { hash, sizeBytes } of await settledBlobs(db))
        if (freed < bytes && !open.has(hash) && (await dropSettledContent(db, hash))) freed += sizeBytes
    } catch {
      return freed
    }
    return freed
  }

  const dropKept = async (bytes: number): Promise<number> => (await (await loadHeld())?.makeRoom(bytes)) ?? 0

  async function makeRoom(bytes: number): Promise<number> {
    const freed = await dropSettled(bytes)
    return freed + (freed < bytes ? await dropKept(bytes - freed) : 0)
  }

  /**
   * Where the browser does not say that the disk is full, that is tried out first. Files that were sent from here lie in
   * the database, which takes nothing then, also no word that they are gone.
   */
  async function makeRoomOutside(): Promise<boolean> {
    const [hasFiles, hasReserve] = [await hasSavedFiles().catch(() => false), (await reserve?.isHeld()) === true]
    if (!(hasFiles || hasReserve) || !(await isDiskFull())) return false
    const freed = hasFiles ? await dropKept(reservedBytes).catch(() => 0) : 0
    return freed > 0 || (await reserve?.spend()) === true
  }

  /** What was captured here need not come from the server. */
  async function takeCaptured({ file, sizeBytes }: Material): Promise<void> {
    const content = files.value.has(file) ? undefined : await readContent(db, file)
    if (content?.size !== sizeBytes) return
    for (let index = 0; index < partCount(sizeBytes); index++) {
      const { start, end } = partRange(sizeBytes, index)
      await shelf.addPart(file, index, new Uint8Array(await content.slice(start, end).arrayBuffer()))
    }
  }

  /**
   * What an event's materials name no more leaves this device when the event is next opened, with its whole log: until
   * then a deletion may be taken back where no network is.
   */
  async function tidy(space: OpenSpace): Promise<void> {
    const { seq, head } = space.progress.peek()
    const downloads = seq > 0 && seq === head ? await loadHeld() : undefined
    if (downloads) await downloads.keepNamed(space.id, (await import('./state/materials.ts')).filesOf(space))
  }

  onFullDisk(db, async (isSaid) => {
    if (!isSaid) return makeRoomOutside()
    const freed = await makeRoom(reservedBytes).catch(() => 0)
    return freed > 0 || (await reserve?.spend()) === true
  })
  void loadHeld()

  const saved: SavedMaterials = {
    files,
    save: async (space, material) => {
      const downloads = await load()
      await takeCaptured(material)
      const { file: hash, type, sizeBytes } = material
      downloads.save({ space, hash, type, sizeBytes })
    },
    pause: async (hash) => (await load()).pause(hash),
    remove: async (hash) => (await load()).remove(hash),
    use: async (hash) => (await load()).use(hash),
  }
  return { saved, makeRoom, tidy, retry: () => void loadHeld().then((downloads) => downloads?.retry()) }
}
