import { dropDraft, hasDrafts, readDraft, writeDraft } from '../db/drafts.ts'
import type { Database } from '../db/schema.ts'

/** Unsaved work of the screens, by key (`walkIn:SPACE:SESSION`). */
export type Drafts = {
  read: (key: string) => Promise<unknown>
  write: (key: string, value: unknown) => Promise<void>
  drop: (key: string) => Promise<void>
  any: () => Promise<boolean>
}

/** A screen that is left and opened again reads what the first one wrote: each step waits for the one before it. */
export function createDrafts(db: Database, wall: () => number): Drafts {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = last.then(step, step)
    last = turn
    return turn
  }
  return {
    read: (key) => inTurn(() => readDraft(db, key)),
    write: (key, value) => inTurn(() => writeDraft(db, key, value, wall())),
    drop: (key) => inTurn(() => dropDraft(db, key)),
    any: () => inTurn(() => hasDrafts(db)),
  }
}
