import { vi } from 'vitest'
import { onFullDisk } from '../../src/client/db/connection.ts'
import type { CopyPlaces } from '../../src/client/db/copies.ts'
import { claimDevice } from '../../src/client/db/meta.ts'
import { recoverUnsent } from '../../src/client/db/recoverUnsent.ts'
import { createReserve } from '../../src/client/db/reserve.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { keepSecondCopy, type SecondCopy } from '../../src/client/db/secondCopy.ts'
import { findBuckets } from '../../src/client/device/buckets.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'

const kept: SecondCopy[] = []

/** Ends what `keep` began, and takes its copies away. */
export async function endCopies(): Promise<void> {
  for (const copy of kept.splice(0)) {
    await copy.drop()
    copy.stop()
  }
}

export const newDatabase = () => createDatabase(`test-${crypto.randomUUID().slice(0, 8)}`)

/** Waits as long as a busy machine may take. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000 })

/** A database and the places of its copies. */
export function openPlaces() {
  const db = newDatabase()
  const places = findBuckets(`${db.name}-salinan-`)
  if (!places) throw new Error('This browser has no buckets')
  return { db, places }
}

/** Keeps copies of a database that has a key, on a disk that is taken for full whenever a write fails. */
export async function keep(db: Database, places: CopyPlaces, reserve = createReserve(places)): Promise<SecondCopy> {
  await claimDevice(db, await makeDevice('Peramban', ''))
  onFullDisk(db, reserve.spend)
  const copy = keepSecondCopy(db, places, reserve)
  kept.push(copy)
  return copy
}

/** What a write on a full disk ends with. */
export const tear = () => {
  throw new DOMException('', 'UnknownError')
}

export const row = (n: number, dev = 'D') => ({
  space: 'S',
  dev,
  n,
  v: 1,
  wall: n,
  at: n,
  body: `body ${n}`,
  state: 'local' as const,
})

/** The numbers of the ops that wait. */
export const numbersIn = async (db: Database) => (await db.outbox.toArray()).map(({ n }) => n)

/**
 * What the copies hold, as a database that was begun anew gets it. A browser makes what it opens: one that leaves meanwhile
 * may be there again, empty.
 */
export async function recoverAnew(places: CopyPlaces) {
  const anew = newDatabase()
  await recoverUnsent(anew, places)
  const [numbers, spaces, carried] = [await numbersIn(anew), await anew.spaces.toArray(), await anew.carried.toArray()]
  const persons = (await anew.tickets.toArray()).map(({ person }) => person)
  const nonces = (await anew.ballots.toArray()).map(({ nonce }) => nonce)
  await anew.delete()
  return { numbers, spaces, carried, persons, nonces }
}
