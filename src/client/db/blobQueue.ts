import type { BlobRow } from './blobRow.ts'
import { dropRows } from './blobs.ts'
import { type Unsubscribe, watch } from './connection.ts'
import type { Database } from './schema.ts'

type Key = Pick<BlobRow, 'space' | 'hash'>

/** The row of a file that was added here, whatever became of it. */
export function findBlob(db: Database, { space, hash }: Key): Promise<BlobRow | undefined> {
  return db.blobs.get([space, hash])
}

/** What goes to the server next, small ones first: what waits, and what a server that was put back may have lost. */
export async function dueBlobs(db: Database, checkedBefore: number): Promise<BlobRow[]> {
  const epochs = new Map((await db.spaces.toArray()).map(({ space, epoch }) => [space, epoch]))
  const rows = await db.blobs.where('state').anyOf('waiting', 'sent').toArray()
  return rows
    .filter((row) => row.state === 'waiting' || row.sentIn !== epochs.get(row.space) || row.checkedAt < checkedBefore)
    .sort((a, b) => a.sizeBytes - b.sizeBytes)
}

/** Changes what is known of a content, unless it is gone or not in one of these states any more. */
export async function changeBlob(
  db: Database,
  { space, hash }: Key,
  from: readonly BlobRow['state'][],
  change: Partial<BlobRow>,
): Promise<boolean> {
  return db.transaction('rw', db.blobs, async () => {
    const held = await db.blobs.get([space, hash])
    if (!held || !from.includes(held.state)) return false
    await db.blobs.put({ ...held, ...change })
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

/** Drops what was sent, or let go of, before this time, this device's clock, epoch ms. */
export async function pruneBlobs(db: Database, before: number): Promise<void> {
  await dropRows(db, ({ state, settledAt }) => (state === 'sent' || state === 'released') && settledAt < before)
}

/** Calls back with every row, now and on each change, whichever tab made it. */
export function watchBlobs(db: Database, onRows: (rows: BlobRow[]) => void): Unsubscribe {
  return watch(db, () => db.blobs.toArray(), onRows)
}
