import { dropDraft, hasDrafts, readDraft, writeDraft } from '../db/drafts.ts'
import type { Database } from '../db/schema.ts'

/** Unsaved work of the screens, by key (`walkIn:SPACE:SESSION`). */
export type Drafts = {
  read: (key: string) => Promise<unknown>
  write: (key: string, value: unknown) => Promise<void>
  drop: (key: string) => Promise<void>
  any: () => Promise<boolean>
}

export function createDrafts(db: Database, wall: () => number): Drafts {
  return {
    read: (key) => readDraft(db, key),
    write: (key, value) => writeDraft(db, key, value, wall()),
    drop: (key) => dropDraft(db, key),
    any: () => hasDrafts(db),
  }
}
