import { applyOp, emptySpace, type FoldedOp, nothingTouched, type Space, type Touched } from '../../core/fold.ts'
import { addToRanges, isInRanges, type OpRanges } from '../../core/opRanges.ts'
import { packSpace, unpackSpace } from '../../core/snapshot.ts'
import { carriedOf, carriedWith, foldable } from '../db/carried.ts'
import type { OpName } from '../db/opName.ts'
import { pendingRows, readRows, toOp } from '../db/outbox.ts'
import { pagesAbove, unpackOps } from '../db/pages.ts'
import type { Database, OutboxKey, OutboxRow } from '../db/schema.ts'
import { readSnapshot, writeSnapshot } from '../db/snapshots.ts'
import { readSpace } from '../db/spaces.ts'

/** A space in memory, and how far it has read what the database holds of it. */
export type FoldedSpace = {
  /** Folded in place; a new object after `refold`. */
  current: () => Space
  readThrough: () => number
  /** The last number of a device in the log, or 0. */
  lastLogged: (dev: string) => number
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
  /** How many ops of the log are in no snapshot. */
  countUnkept: () => number
  /**
   * Writes a snapshot piece by piece, with `pause` between them. Leaves it when the state has changed meanwhile, or
   * holds what the log does not: a snapshot is of pages alone.
   */
  keep: (pause: () => Promise<void>) => Promise<void>
}

type Memory = {
  space: Space
  readThrough: number
  /** How far the snapshot reaches that is on the disk. */
  keptThrough: number
  /** The space's when its pages were read. */
  wentBack: number
  /** The ops of the log that are in it: they count, before what this device says of the same ops. */
  logged: OpRanges
  /** `at` of the ops that were folded before the log had them: this device's, and those that it carries ([S13]). */
  aheadAt: Map<string, number>
}

const nameOf = ({ dev, n }: Pick<FoldedOp, 'dev' | 'n'>) => `${dev}.${n}`

function emptyMemory(): Memory {
  return { space: emptySpace(), readThrough: 0, keptThrough: 0, wentBack: 0, logged: new Map(), aheadAt: new Map() }
}

/** A space in memory; empty until it is loaded from `db`. */
export function createFoldedSpace(db: Database, id: string): FoldedSpace {
  let memory = emptyMemory()
  /** Ops that were folded while a refold was under way, for the state that comes out of it. */
  let meanwhile: FoldedOp[] | undefined
  /** Raised by whatever changes the state. */
  let changes = 0

  function applyOps(into: Memory, ops: FoldedOp[]): Touched {
    const touched = nothingTouched()
    for (const op of ops) {
      if (isFolded(into, op)) continue
      changes++
      into.aheadAt.set(nameOf(op), op.at)
      applyOp(into.space, op, touched)
    }
    return touched
  }

  async function readPages(into: Memory): Promise<{ touched: Touched; moved: boolean }> {
    const touched = nothingTouched()
    let moved = false
    for (const page of await pagesAbove(db, id, into.readThrough)) {
      changes++
      for (const [, dev, n, wall, at, body] of unpackOps(page).slice(Math.max(0, into.readThrough - page.after))) {
        addToRanges(into.logged, dev, n)
        if (into.aheadAt.size > 0) {
          const name = nameOf({ dev, n })
          moved ||= (into.aheadAt.get(name) ?? at) !== at
          into.aheadAt.delete(name)
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

  /** What the snapshot on the disk holds, or nothing when there is none that can be used. */
  async function readKept(): Promise<Memory> {
    const held = await readSpace(db, id)
    const empty = { ...emptyMemory(), wentBack: held?.wentBack ?? 0 }
    const kept = held && (await readSnapshot(db, held))
    const space = kept && unpackSpace(kept.pieces)
    if (!space) return empty
    return { ...empty, space, logged: new Map(kept.logged), readThrough: kept.seq, keptThrough: kept.seq }
  }

  return {
    current: () => memory.space,
    readThrough: () => memory.readThrough,
    lastLogged: (dev) => memory.logged.get(dev)?.at(-1) ?? 0,
    applyOwn: (rows) => apply(rows.map(toOp)),
    applyNamed: async (keys) => {
      const missing = keys.filter(([, dev, n]) => !isFolded(memory, { dev, n }))
      return apply(missing.length > 0 ? (await readRows(db, missing)).map(toOp) : [])
    },
    applyCarried: async (names) => {
      const missing = names.filter((name) => {
        const [, dev = '', n] = name.split(' ')
        return !isFolded(memory, { dev, n: Number(n) })
      })
      return apply(missing.length > 0 ? foldable(await carriedWith(db, missing)) : [])
    },
    catchUp: () => readPages(memory),
    refold: async () => {
      meanwhile = []
      const next = await readKept()
      await readPages(next)
      applyOps(next, (await pendingRows(db, id, next.readThrough)).map(toOp))
      applyOps(next, foldable(await carriedOf(db, id)))
      applyOps(next, meanwhile)
      meanwhile = undefined
      changes++
      memory = next
    },
    countUnkept: () => memory.readThrough - memory.keptThrough,
    keep: async (pause) => {
      const { space, readThrough, wentBack, logged, aheadAt } = memory
      const before = changes
      const pieces: string[] = []
      /** [S9] Nor of what this version cannot read: the next one would never fold it. */
      if (aheadAt.size > 0 || space.unknownChanges.size > 0) return
      for (const piece of packSpace(space)) {
        pieces.push(piece)
        await pause()
        if (changes !== before) return
      }
      memory.keptThrough = readThrough
      await writeSnapshot(db, { space: id, wentBack, seq: readThrough, logged, pieces })
    },
  }
}

/** Whether an op is in the state, by the log's word or by this device's. */
function isFolded({ logged, aheadAt }: Memory, op: Pick<FoldedOp, 'dev' | 'n'>): boolean {
  return aheadAt.has(nameOf(op)) || isInRanges(logged, op.dev, op.n)
}
