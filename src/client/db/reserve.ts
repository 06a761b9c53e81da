import { Dexie } from 'dexie'
import { type CopyPlaces, isOfKind, reserveKind } from './copies.ts'

/** Room that is kept for when the disk is full, and given up then. */
export type Reserve = {
  /** Takes it, where there is none yet. Only once: what is given up on a full disk is not taken again. */
  keep: () => Promise<void>
  /** Whether this tab found no room for it, or has given it up. */
  isMissing: () => boolean
  /** Whether any tab has left some. */
  isHeld: () => Promise<boolean>
  /** Gives it up; whether there was any. */
  spend: () => Promise<boolean>
}

/** Bytes of chance, since Chromium compresses what it stores; enough for another copy, or the next records. */
const reservedBytes = 1 << 20
const mostRandomBytes = 1 << 16

const openRoom = (indexedDB: IDBFactory) => {
  const room = new Dexie(reserveKind, { indexedDB, IDBKeyRange })
  room.version(1).stores({ bytes: '' })
  return room
}

async function fill(indexedDB: IDBFactory): Promise<void> {
  const bytes = new Uint8Array(reservedBytes)
  for (let at = 0; at < reservedBytes; at += mostRandomBytes)
    crypto.getRandomValues(bytes.subarray(at, at + mostRandomBytes))
  const room = openRoom(indexedDB)
  await room.table('bytes').put(bytes, 'room')
  room.close()
}

async function isFilled(indexedDB: IDBFactory): Promise<boolean> {
  const room = openRoom(indexedDB)
  try {
    return (await room.table('bytes').count()) > 0
  } finally {
    room.close()
  }
}

/** One for all tabs, which outlives them: a disk may be full before a tab has anything to copy. */
export function createReserve(places: CopyPlaces): Reserve {
  let isSettled = false
  let isMissing = false
  const held = async () => (await places.names()).filter((name) => isOfKind(name, reserveKind))

  async function spend(): Promise<boolean> {
    isSettled = true
    isMissing = true
    const names = await held()
    for (const name of names) await places.drop(name)
    return names.length > 0
  }

  async function keep(): Promise<void> {
    if (isSettled) return
    isSettled = true
    try {
      for (const name of await held()) {
        if (await places.open(name).then(isFilled)) return
        await places.drop(name)
      }
      const { indexedDB } = await places.make(reserveKind)
      await fill(indexedDB)
    } catch (error) {
      if (!(error instanceof TypeError)) await spend()
    }
  }
  return { keep, isMissing: () => isMissing, isHeld: async () => (await held()).length > 0, spend }
}
