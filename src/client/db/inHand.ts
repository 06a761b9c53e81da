import { type Unsubscribe, watch } from './connection.ts'
import type { InHand } from './inHandRow.ts'
import type { Database } from './schema.ts'

/** What was forgotten here and is in a rescue file that is still to be delivered. */
export async function readInHand(db: Database): Promise<InHand[]> {
  const row = await db.meta.get('inHand')
  return row?.key === 'inHand' ? row.files : []
}

/** One entry for an event, however often it was forgotten; within a transaction over `meta`. */
export async function addInHand(db: Database, added: InHand): Promise<void> {
  const files = await readInHand(db)
  const before = files.find(({ space }) => space === added.space)?.count ?? 0
  const others = files.filter(({ space }) => space !== added.space)
  await db.meta.put({ key: 'inHand', files: [...others, { ...added, count: before + added.count }] })
}

/** A person says that what was in the files of an event is delivered. */
export async function dropInHand(db: Database, delivered: string): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const files = (await readInHand(db)).filter(({ space }) => space !== delivered)
    if (files.length > 0) await db.meta.put({ key: 'inHand', files })
    else await db.meta.delete('inHand')
  })
}

/** The person had not: it is still to be delivered. */
export async function takeBackInHand(db: Database, file: InHand): Promise<void> {
  await db.transaction('rw', db.meta, () => addInHand(db, file))
}

/** Calls back with it, now and on each change. */
export function watchInHand(db: Database, onFiles: (files: InHand[]) => void): Unsubscribe {
  return watch(db, () => readInHand(db), onFiles)
}
