import { withConnection } from './connection.ts'
import type { Database } from './schema.ts'

/** What a person typed or drew and has not saved: it outlives rotation, reload and an update of the app. */
export async function readDraft(db: Database, key: string): Promise<unknown> {
  return (await withConnection(db, () => db.drafts.get(key)))?.value
}

/** Keeps what was typed; `savedAt` in epoch ms. */
export async function writeDraft(db: Database, key: string, value: unknown, savedAt: number): Promise<void> {
  await withConnection(db, () => db.transaction('rw', db.drafts, () => db.drafts.put({ key, value, savedAt })))
}

/** What became of a draft is saved, or was given up. */
export async function dropDraft(db: Database, key: string): Promise<void> {
  await db.transaction('rw', db.drafts, () => db.drafts.delete(key))
}

/** Everything half-written, of every event. */
export function draftKeys(db: Database): Promise<string[]> {
  return db.drafts.toCollection().primaryKeys()
}
