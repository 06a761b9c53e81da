import { Dexie, liveQuery, type ObservabilitySet } from 'dexie'
import type { Database } from './schema.ts'
import { within } from './within.ts'

/** What browsers call a connection that they have closed under us (platform.md 1.7). */
const lost = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError']
const full = ['QuotaExceededError']
/** What was under way when a connection was lost, or closed for a new one, is told of as this. */
const aborted = ['AbortError']
/** Of a database that cannot be opened Dexie tells as this. */
const unopened = ['OpenFailedError']

/** Of many rows that were written at once Dexie tells in one error, which holds those of the rows. */
function isNamed(error: unknown, names: readonly string[]): boolean {
  const inner = error instanceof Error && 'inner' in error ? error.inner : undefined
  const ofRows = error instanceof Dexie.BulkError ? error.failures : []
  return [error, inner, ...ofRows].some((found) => found instanceof Error && names.includes(found.name))
}

/**
 * A new connection in the place of the dead one; many may find it dead at the same time, and the first one closes it.
 */
async function reopen(db: Database, dead: IDBDatabase): Promise<void> {
  if (db.backendDB() === dead) db.close({ disableAutoOpen: false })
  await db.open()
}

/** Gives up what is on this device for comfort only; whether anything was. `isSaid`: the browser says "full". */
export type MakeRoom = (isSaid: boolean) => Promise<boolean>
const roomMakers = new WeakMap<Database, MakeRoom>()

/** How long a browser may take to make room. */
const mostRoomMs = 20_000

/**
 * Says what goes first when the device has no room for a record. What fails, or does not answer, has made none, and the
 * full disk is told.
 */
export function onFullDisk(db: Database, makeRoom: MakeRoom, patienceMs = mostRoomMs): void {
  let underWay: Promise<boolean> | undefined
  const end = () => {
    underWay = undefined
  }
  roomMakers.set(db, (isSaid) => {
    underWay ??= within(makeRoom(isSaid), patienceMs)
      .catch(() => false)
      .finally(end)
    return underWay
  })
}

/**
 * Makes room for what failed with `error`, where a full disk may be why; whether it may be tried again. A disk that is
 * really full is told of as storage that went away (decision 123).
 */
export async function makeRoomFor(db: Database, error: unknown): Promise<boolean> {
  const isSaid = isNamed(error, full)
  if (!isSaid && !isNamed(error, [...lost, ...aborted, ...unopened])) return false
  return (await roomMakers.get(db)?.(isSaid)) ?? false
}

/**
 * Does work on the database, once more over a new connection when the old one was lost: Safari ends its database
 * process for pages in the background, and every later call on the dead handle fails. `work` may have been committed
 * all the same when it comes a second time, or a third. A full disk is emptied of saved materials for it.
 */
export async function withConnection<T>(db: Database, work: () => PromiseLike<T>): Promise<T> {
  const used = db.backendDB()
  const again = async (error: unknown): Promise<T> => {
    if (isNamed(error, lost)) await reopen(db, used ?? db.backendDB())
    return work()
  }
  try {
    return await work()
  } catch (error) {
    if (isNamed(error, [...lost, ...aborted])) return again(error).catch((second) => afterRoom(db, work, second))
    return afterRoom(db, work, error)
  }
}

async function afterRoom<T>(db: Database, work: () => PromiseLike<T>, error: unknown): Promise<T> {
  if (!(await makeRoomFor(db, error))) throw error
  if (!isNamed(error, full)) await reopen(db, db.backendDB())
  return work()
}

/** The same for work that only reads, and may be done as often as it takes. */
export function withReading<T>(db: Database, read: () => PromiseLike<T>): Promise<T> {
  return withConnection(db, async () => {
    try {
      return await read()
    } catch (error) {
      if (!isNamed(error, aborted)) throw error
      return read()
    }
  })
}

/**
 * Commits the transaction that is under way, whose every request was answered, without waiting for the browser to find
 * that no more come. Live queries, in this tab and in others, hear of it in a task of their own, after whoever waits
 * for the commit: Dexie would tell them first, which takes as long as the disk. It keeps what it tells them on
 * IndexedDB's transaction; were that moved, they would hear of it at once, as of every other change.
 */
export function commitNow(): void {
  const { idbtrans } = Dexie.currentTransaction
  const changed: ObservabilitySet | undefined = Reflect.get(idbtrans, 'mutatedParts')
  if (changed) {
    Reflect.deleteProperty(idbtrans, 'mutatedParts')
    idbtrans.addEventListener('complete', () => setTimeout(() => Dexie.on.storagemutated.fire(changed)))
  }
  idbtrans.commit()
}

export type Unsubscribe = () => void
export type OnError = (error: unknown) => void

/**
 * Calls back with what `read` finds, now and on each change of it, whichever tab made it. A connection that is lost
 * meanwhile takes no change along: Dexie would not ask again until the next one. What cannot be read, over a new
 * connection either, keeps the last value; `onError` is for who waits for the first.
 */
export function watch<T>(
  db: Database,
  read: () => PromiseLike<T>,
  onValue: (value: T) => void,
  onError?: OnError,
): Unsubscribe {
  /** Dexie itself tells nobody of a read that ended as the connection was closed or its work undone. */
  const tell = (error: unknown): never => {
    onError?.(error)
    throw error
  }
  /** `async` as it stands, or Dexie does not see what is read behind an `await`. */
  const subscription = liveQuery(async () => withReading(db, read).catch(tell)).subscribe(onValue)
  return () => subscription.unsubscribe()
}

type Watcher<T> = (db: Database, onValue: (value: T) => void, onError: OnError) => Unsubscribe

/**
 * Watches from now on. Resolves when something was found for the first time, and rejects when it cannot be read: who
 * shows what is found waits for that, and must not wait for ever.
 */
export function firstRead<T>(watcher: Watcher<T>, db: Database, onValue: (value: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onFound = (value: T) => {
      onValue(value)
      resolve()
    }
    watcher(db, onFound, reject)
  })
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
