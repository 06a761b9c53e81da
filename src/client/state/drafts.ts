import { draftKeys, dropDraft, readDraft, writeDraft } from '../db/drafts.ts'
import type { Database } from '../db/schema.ts'
import { keepRescued, readRescued, rescuedKey } from './rescued.ts'

/** Unsaved work of the screens, by key (`walkIn:SPACE:SESSION`). */
export type Drafts = {
  read: (key: string) => Promise<unknown>
  write: (key: string, value: unknown) => Promise<void>
  /** Keeps a draft at once: a page that is being closed is gone before IndexedDB has written. */
  rescue: (key: string, value: unknown) => void
  drop: (key: string) => Promise<void>
  /** What was typed or drawn and is still unsaved. */
  keys: () => Promise<string[]>
  /** Resolves when what was typed until now is on the disk, or could not be written. */
  settled: () => Promise<void>
  /** Keeps nothing any more, nor what waits in the synchronous storage: whoever signs out leaves nothing to read. */
  end: () => void
}

/**
 * A screen that is left and opened again reads what the first one wrote: each step waits for the one before it.
 * `storage` is the browser's synchronous one; it holds a draft only from a page's end to its next read or write.
 */
export function createDrafts(db: Database, wall: () => number, storage: Storage): Drafts {
  let ended = false
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = last.then(step, step)
    last = turn
    return turn
  }

  async function write(key: string, value: unknown): Promise<void> {
    if (ended) return
    await writeDraft(db, key, value, wall())
    storage.removeItem(rescuedKey(key))
  }

  async function read(key: string): Promise<unknown> {
    const rescued = readRescued(storage, key)
    if (rescued === undefined) return readDraft(db, key)
    /** A full disk hides no work: it stays where it is, and is written when it is next read or changed. */
    await write(key, rescued).catch(() => undefined)
    return rescued
  }

  return {
    read: (key) => inTurn(() => read(key)),
    write: (key, value) => inTurn(() => write(key, value)),
    rescue: (key, value) => {
      if (!ended) keepRescued(storage, key, value)
    },
    drop: (key) =>
      inTurn(async () => {
        storage.removeItem(rescuedKey(key))
        await dropDraft(db, key)
      }),
    keys: () => inTurn(() => draftKeys(db)),
    settled: () => inTurn(async () => undefined),
    end: () => {
      ended = true
      for (const key of Object.keys(storage)) if (key.startsWith(rescuedKey(''))) storage.removeItem(key)
    },
  }
}
