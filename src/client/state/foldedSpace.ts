import { applyOp, emptySpace, type FoldedOp, nothingTouched, type Space, type Touched } from '../../core/fold.ts'
import { carriedOf, carriedWith, foldable } from '../db/carried.ts'
import type { OpName } from '../db/opName.ts'
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
  /** Folds ops that this device carries for others, as they came in this tab or another one. */
  applyCarried: (names: OpName[]) => Promise<Touched>
  /** Folds the pages that came since; `moved`: an op came back with another time, and only `refold` puts it right. */
  catchUp: () => Promise<{ touched: Touched; moved: boolean }>
  /** Folds everything anew. Readers see the old state until the new one is whole. */
  refold: () => Promise<void>
}

type Memory = {
  space: Space
  readThrough: number
  /** The devices whose ops were folded before the log had them: this one, and those for which it carries ([S13]). */
  ahead: Set<string>
  /** `at` of those devices' ops as folded: what the log holds counts, before what this device says. */
  atByOp: Map<string, number>
}

const nameOf = ({ dev, n }: Pick<FoldedOp, 'dev' | 'n'>) => `${dev}.${n}`

export function createFoldedSpace(db: Database, id: string, ownDev: () => string): FoldedSpace {
  let memory = emptyMemory()
  /** Ops that were folded while a refold was under way, for the state that comes out of it. */
  let meanwhile: FoldedOp[] | undefined

  function emptyMemory(): Memory {
    return { space: emptySpace(), readThrough: 0, ahead: new Set([ownDev()]), atByOp: new Map() }
  }

  function applyOps(into: Memory, ops: FoldedOp[]): Touched {
    const touched = nothingTouched()
    for (const op of ops) {
      const name = nameOf(op)
      if (into.atByOp.has(name)) continue
      into.ahead.add(op.dev)
      into.atByOp.set(name, op.at)
      applyOp(into.space, op, touched)
    }
    return touched
  }

  async function readPages(into: Memory): Promise<{ touched: Touched; moved: boolean }> {
    const touched = nothingTouched()
    let moved = false
    for (const page of await pagesAbove(db, id, into.readThrough)) {
      for (const [, dev, n, wall, at, body] of unpackOps(page).slice(Math.max(0, into.readThrough - page.after))) {
        if (into.ahead.has(dev) || dev === ownDev()) {
          const name = nameOf({ dev, n })
          moved ||= (into.atByOp.get(name) ?? at) !== at
          into.atByOp.set(name, at)
        }
        applyOp(into.space, { dev, n, wall, at, body }, touched)
      }
      into.readThrough = page.after + page.count
    }
    return { touched, moved }
  }

  function apply(ops: FoldedOp[]): Touched {
    meanwhile?.push(...ops)
    return applyOps(memory, ops)
  }

  return {
    current: () => memory.space,
    readThrough: () => memory.readThrough,
    applyOwn: (rows) => apply(rows.map(toOp)),
    applyNamed: async (keys) => {
      const missing = keys.filter(([, dev, n]) => !memory.atByOp.has(nameOf({ dev, n })))
      return apply(missing.length > 0 ? (await readRows(db, missing)).map(toOp) : [])
    },
    applyCarried: async (names) => {
      const missing = names.filter((name) => !isFolded(name))
      return apply(missing.length > 0 ? foldable(await carriedWith(db, missing)) : [])
    },
    catchUp: () => readPages(memory),
    refold: async () => {
      const next = emptyMemory()
      meanwhile = []
      const carried = await carriedOf(db, id)
      for (const { dev } of carried) next.ahead.add(dev)
      await readPages(next)
      applyOps(next, (await pendingRows(db, id, next.readThrough)).map(toOp))
      applyOps(next, foldable(carried))
      applyOps(next, meanwhile)
      meanwhile = undefined
      memory = next
    },
  }

  function isFolded(name: OpName): boolean {
    const [, dev = '', n] = name.split(' ')
    return memory.atByOp.has(nameOf({ dev, n: Number(n) }))
  }
}
