import type { Database } from './schema.ts'

/** What browsers call a connection that they have closed under us (platform.md 1.7). */
const lost = new Set(['DatabaseClosedError', 'InvalidStateError', 'UnknownError'])

function isLost(error: unknown): boolean {
  const inner = error instanceof Error && 'inner' in error ? error.inner : undefined
  return [error, inner].some((found) => found instanceof Error && lost.has(found.name))
}

async function reopen(db: Database): Promise<void> {
  db.close({ disableAutoOpen: false })
  await db.open()
}

/**
 * Does work on the database, once more over a new connection when the old one was lost: Safari ends its database process
 * for pages in the background, and every later call on the dead handle fails. `work` may have been committed all the same
 * when it comes a second time.
 */
export async function withConnection<T>(db: Database, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isLost(error)) throw error
    await reopen(db)
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
