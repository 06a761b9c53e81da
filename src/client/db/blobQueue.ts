import { dayMs } from '../../core/time.ts'
import type { BlobRow } from './blobRow.ts'
import { type Unsubscribe, watch } from './connection.ts'
import type { Database } from './schema.ts'

type Key = Pick<BlobRow, 'space' | 'hash'>

/** The row of a file that was added here, whatever became of it. */
export function findBlob(db: Database, { space, hash }: Key): Promise<BlobRow | undefined> {
  return db.blobs.get([space, hash])
}

/**
 * What goes to the server next, small ones first: what waits, and what a server that was put back may have lost, which
 * is asked for once a day. `now`: this device's clock, epoch ms, which may have been put back since.
 */
export async function dueBlobs(db: Database, now: number): Promise<BlobRow[]> {
  const epochs = new Map((await db.spaces.toArray()).map(({ space, epoch }) => [space, epoch]))
  const rows = await db.blobs.where('state').anyOf('waiting', 'sent').toArray()
  const isDue = ({ state, sentIn, space, checkedAt }: BlobRow) =>
    state === 'waiting' || sentIn !== epochs.get(space) || Math.abs(now - checkedAt) > dayMs
  return rows.filter(isDue).sort((a, b) => a.sizeBytes - b.sizeBytes)
}

/**
 * Changes what is known of a content, unless it is gone or not in one of these states any more. With its state begins
 * anew how long it is kept.
 */
export async function changeBlob(
  db: Database,
  { space, hash }: Key,
  from: readonly BlobRow['state'][],
  change: Partial<BlobRow>,
): Promise<boolean> {
  return db.transaction('rw', db.blobs, async () => {
    const held = await db.blobs.get([space, hash])
    if (!held || !from.includes(held.state)) return false
    const { keptFrom: _, ...rest } = held
    await db.blobs.put({ ...(change.state ? rest : held), ...change })
    return true
  })
}

/** The same for every row of a content, or for what the server refused in an event. */
export async function changeBlobs(
  db: Database,
  which: { hash: string } | { space: string; state: 'refused' },
  from: readonly BlobRow['state'][],
  change: Partial<BlobRow>,
): Promise<void> {
  for (const row of await db.blobs.where(which).toArray()) await changeBlob(db, row, from, change)
}

/** Calls back with every row, now and on each change, whichever tab made it. */
export function watchBlobs(db: Database, onRows: (rows: BlobRow[]) => void): Unsubscribe {
  return watch(db, () => db.blobs.toArray(), onRows)
}
