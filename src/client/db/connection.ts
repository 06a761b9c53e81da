import type { Database } from './schema.ts'

/** What browsers call a connection that they have closed under us (platform.md 1.7). */
const lost = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError']
const full = ['QuotaExceededError']

function isNamed(error: unknown, names: readonly string[]): boolean {
  const inner = error instanceof Error && 'inner' in error ? error.inner : undefined
  return [error, inner].some((found) => found instanceof Error && names.includes(found.name))
}

async function reopen(db: Database): Promise<void> {
  db.close({ disableAutoOpen: false })
  await db.open()
}

/** Gives up what is on this device for comfort only; whether anything was. */
export type MakeRoom = () => Promise<boolean>
const roomMakers = new WeakMap<Database, MakeRoom>()

/** Says what goes first when the device has no room for a record. */
export function onFullDisk(db: Database, makeRoom: MakeRoom): void {
  roomMakers.set(db, makeRoom)
}

/**
 * Does work on the database, once more over a new connection when the old one was lost: Safari ends its database process
 * for pages in the background, and every later call on the dead handle fails. `work` may have been committed all the same
 * when it comes a second time. A full disk is emptied of saved materials for it.
 */
export async function withConnection<T>(db: Database, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isNamed(error, full)) {
      if (!(await roomMakers.get(db)?.())) throw error
    } else if (isNamed(error, lost)) await reopen(db)
    else throw error
    return work()
  }
}

/** Reads something small; whether the disk answers, also after a new connection. */
export async function probe(db: Database): Promise<boolean> {
  try {
    await withConnection(db, () => db.meta.get('schema'))
    return true
  } catch {
    return false
  }
}
