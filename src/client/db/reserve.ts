import { Dexie } from 'dexie'
import { type CopyPlaces, isOfKind, reserveKind } from './copies.ts'
import { within } from './within.ts'

/** Room that is kept for when the disk is full, and given up then. */
export type Reserve = {
  /**
   * Takes it, where there is none yet. Only once: what is given up on a full disk is not taken again. A browser that does
   * not answer is not waited for; room that it makes later is kept all the same.
   */
  keep: () => Promise<void>
  /** Whether this tab has found or made it and none has given it up since, or the browser has no place for it. */
  isKept: () => boolean
  /** Whether any tab has left some, as far as the browser says so in time. */
  isHeld: () => Promise<boolean>
  /** Gives it up; whether there was any, as far as the browser says so in time. */
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

/** How long a browser may take for it. */
const mostMs = 10_000

/** One for all tabs, which outlives them: a disk may be full before a tab has anything to copy. */
export function createReserve(places: CopyPlaces, patienceMs = mostMs): Reserve {
  let isSettled = false
  let isGivenUp = false
  let isKept = false
  const tabs = places.channel(reserveKind)
  tabs.onmessage = forgo
  const held = async () => (await places.names()).filter((name) => isOfKind(name, reserveKind))

  function forgo(): void {
    isSettled = true
    isGivenUp = true
    isKept = false
  }

  async function giveUp(): Promise<boolean> {
    forgo()
    tabs.postMessage('given up')
    const names = await held()
    for (const name of names) await places.drop(name)
    return names.length > 0
  }

  async function find(): Promise<boolean> {
    for (const name of await held()) {
      if (await places.open(name).then(isFilled)) return true
      await places.drop(name)
    }
    return false
  }

  async function take(): Promise<void> {
    try {
      if (!(await find())) await fill((await places.make(reserveKind)).indexedDB)
      if (isGivenUp) await giveUp()
      else isKept = true
    } catch (error) {
      /** Such a browser keeps no copy either, and nobody waits for one. */
      if (error instanceof TypeError) isKept = true
      else await giveUp()
    }
  }

  async function keep(): Promise<void> {
    if (isSettled) return
    isSettled = true
    await within(take(), patienceMs).catch(() => undefined)
  }
  return {
    keep,
    isKept: () => isKept,
    isHeld: async () => (await within(held(), patienceMs).catch(() => [])).length > 0,
    spend: () => within(giveUp(), patienceMs),
  }
}
