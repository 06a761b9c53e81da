import { applyOp, emptySpace, nothingTouched, type Space, type Touched } from '../../core/fold.ts'
import { pendingRows, readRows, toOp } from '../db/outbox.ts'
import { pagesAbove, unpackOps } from '../db/pages.ts'
import type { Database, OutboxKey, OutboxRow } from '../db/schema.ts'

/** A space in memory, and how far it has read what the database holds of it. */
export type FoldedSpace = {
  /** Folded in place; a new object after `refold`. */
  current: () => Space
  readThrough: () => number
  /** Folds ops of this device that are not in it yet. */
  applyOwn: (rows: OutboxRow[]) => Touched
  /** The same by name, as another tab wrote them: only those that are missing are read. */
  applyNamed: (keys: OutboxKey[]) => Promise<Touched>
  /** Folds the pages that came since; `moved`: an own op came back with another time, and only `refold` puts it right. */
  catchUp: () => Promise<{ touched: Touched; moved: boolean }>
  /** Folds everything anew. Readers see the old state until the new one is whole. */
  refold: () => Promise<void>
}

type Memory = {
  space: Space
  readThrough: number
  /** `at` of own ops as folded: what the log holds counts, before what the outbox says. */
  atByOwnOp: Map<string, number>
}

export function createFoldedSpace(db: Database, id: string, ownDev: () => string): FoldedSpace {
  let memory = emptyMemory()
  /** Own ops that were folded while a refold was under way, for the state that comes out of it. */
  let meanwhile: OutboxRow[] | undefined

  function emptyMemory(): Memory {
    return { space: emptySpace(), readThrough: 0, atByOwnOp: new Map() }
  }

  function applyRows(into: Memory, rows: OutboxRow[]): Touched {
    const touched = nothingTouched()
    for (const row of rows) {
      const name = `${row.dev}.${row.n}`
      if (into.atByOwnOp.has(name)) continue
      const op = toOp(row)
      into.atByOwnOp.set(name, op.at)
      applyOp(into.space, op, touched)
    }
    return touched
  }

  async function readPages(into: Memory): Promise<{ touched: Touched; moved: boolean }> {
    const touched = nothingTouched()
    let moved = false
    for (const page of await pagesAbove(db, id, into.readThrough)) {
      for (const [, dev, n, wall, at, body] of unpackOps(page).slice(Math.max(0, into.readThrough - page.after))) {
        if (dev === ownDev()) {
          const name = `${dev}.${n}`
          moved ||= (into.atByOwnOp.get(name) ?? at) !== at
          into.atByOwnOp.set(name, at)
        }
        applyOp(into.space, { dev, n, wall, at, body }, touched)
      }
      into.readThrough = page.after + page.count
    }
    return { touched, moved }
  }

  function applyOwn(rows: OutboxRow[]): Touched {
    meanwhile?.push(...rows)
    return applyRows(memory, rows)
  }

  return {
    current: () => memory.space,
    readThrough: () => memory.readThrough,
    applyOwn,
    applyNamed: async (keys) => {
      const missing = keys.filter(([, dev, n]) => !memory.atByOwnOp.has(`${dev}.${n}`))
      return applyOwn(missing.length > 0 ? await readRows(db, missing) : [])
    },
    catchUp: () => readPages(memory),
    refold: async () => {
      const next = emptyMemory()
      meanwhile = []
      await readPages(next)
      applyRows(next, await pendingRows(db, id, next.readThrough))
      applyRows(next, meanwhile)
      meanwhile = undefined
      memory = next
    },
  }
}
