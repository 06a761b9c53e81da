import type { BlobRow } from './blobRow.ts'
import { withConnection } from './connection.ts'
import { fileName, type OpName } from './opName.ts'
import type { Database } from './schema.ts'

/** Captured content on its way into the database, beside the op that names it. */
export type Captured = { row: BlobRow; content: Blob }

/** States in which a content is on this device alone, and goes or would go to the server. */
const unsentStates = ['waiting', 'paused'] as const

/**
 * Part of the transaction of the op that names it. What was sent from here before is offered again, and known there.
 */
export async function keepCaptured(db: Database, { row, content }: Captured): Promise<void> {
  await db.contents.put({ hash: row.hash, content })
  await db.blobs.put(row)
}

/** Content that lies here, whichever event it is of. Its bytes stay on the disk until they are read. */
export async function readContent(db: Database, hash: string): Promise<Blob | undefined> {
  return (await withConnection(db, () => db.contents.get(hash)))?.content
}

/** The bytes of contents that no row names any more. Part of a transaction over `blobs` and `contents`. */
async function dropUnnamed(db: Database, hashes: string[]): Promise<void> {
  for (const hash of hashes)
    if ((await db.blobs.where('hash').equals(hash).count()) === 0) await db.contents.delete(hash)
}

/** Drops rows, and the bytes that only they named. */
export async function dropRows(db: Database, isGone: (row: BlobRow) => boolean): Promise<void> {
  await db.transaction('rw', [db.blobs, db.contents], async () => {
    const rows = await db.blobs.filter(isGone).toArray()
    await db.blobs.bulkDelete(rows.map(({ space, hash }): [string, string] => [space, hash]))
    await dropUnnamed(
      db,
      rows.map(({ hash }) => hash),
    )
  })
}

/** What the server has and what a person let go of: longest ago first. */
export async function settledBlobs(db: Database): Promise<BlobRow[]> {
  const rows = await db.blobs.where('state').anyOf('sent', 'released').toArray()
  return rows.sort((a, b) => a.settledAt - b.settledAt)
}

/** Takes such a content off this device, to make room; whether it went. */
export async function dropSettledContent(db: Database, hash: string): Promise<boolean> {
  await dropRows(db, (row) => row.hash === hash && (row.state === 'sent' || row.state === 'released'))
  return (await db.contents.get(hash)) === undefined
}

/** Part of the transaction that forgets an event. */
export async function dropBlobsOf(db: Database, space: string): Promise<void> {
  await dropRows(db, (row) => row.space === space)
}

/** What of a space, or of all, is on this device alone: on its way, stopped or refused. */
export async function strandedBlobs(db: Database, space?: string): Promise<BlobRow[]> {
  const rows = await db.blobs
    .where('state')
    .anyOf(...unsentStates, 'refused')
    .toArray()
  return rows.filter((row) => space === undefined || row.space === space)
}

/**
 * How many of these files the server has not got, and how many it refused, but for those that a person has saved;
 * `oldest`: this device's clock, epoch ms.
 */
export async function countBlobs(db: Database, space?: string, rescued: ReadonlySet<OpName> = new Set()) {
  const rows = (await strandedBlobs(db, space)).filter((row) => !rescued.has(fileName(row)))
  const waiting = rows.filter(({ state }) => state !== 'refused')
  const oldest = Math.min(Number.POSITIVE_INFINITY, ...waiting.map(({ addedAt }) => addedAt))
  return { waiting: waiting.length, refused: rows.length - waiting.length, oldest }
}

/** Whether a file was ever captured here and is not gone since. */
export async function hasBlobs(db: Database): Promise<boolean> {
  return (await withConnection(db, () => db.blobs.limit(1).count())) > 0
}
