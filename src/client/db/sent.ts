import { Dexie, type Table } from 'dexie'
import type { Database, OutboxKey, OutboxRow } from './schema.ts'

/**
 * A run of this device's ops that the server has committed, without gaps and packed: `n` is the last one's number, so
 * that a number is free when no run ends at it or above, and `seq` the highest place in the log. `previous` is the
 * device's link before the first one; `ops` is the JSON of SentOp[].
 */
export type SentRow = {
  space: string
  dev: string
  n: number
  v: number
  seq: number
  previous: string
  ops: string
}

/** An op of a run; its number follows from its place. */
type SentOp = [wall: number, at: number, body: string, seq: number, finalAt: number, link: string]

/** Rows that follow each other, from `first` to `last`; `length` characters of bodies. */
type Run = { first: OutboxRow; last: OutboxRow; rows: OutboxRow[]; length: number }

/** Characters of a run's bodies, so that none is too long to be written anew. */
const maxRunLength = 1_000_000

const goesOn = ({ last, length }: Run, { space, dev, n, v, previous = '' }: OutboxRow) =>
  length < maxRunLength &&
  last.space === space &&
  last.dev === dev &&
  last.n === n - 1 &&
  last.v === v &&
  (last.link ?? '') === previous

/** Parts rows that the server has committed, which rise in (dev, n), into runs. */
function partRuns(rows: OutboxRow[]): Run[] {
  const runs: Run[] = []
  for (const row of rows) {
    const { length } = row.body
    const run = runs.at(-1)
    if (run && goesOn(run, row)) {
      run.rows.push(row)
      run.last = row
      run.length += length
    } else runs.push({ first: row, last: row, rows: [row], length })
  }
  return runs
}

function packRun({ first, last, rows }: Run): SentRow {
  const ops = rows.map(({ wall, at, body, seq = 0, finalAt = at, link = '' }): SentOp => {
    return [wall, at, body, seq, finalAt, link]
  })
  const seq = rows.reduce((highest, row) => Math.max(highest, row.seq ?? 0), 0)
  const { space, dev, v, previous = '' } = first
  return { space, dev, n: last.n, v, seq, previous, ops: JSON.stringify(ops) }
}

const packRuns = (rows: OutboxRow[]) => partRuns(rows).map(packRun)

/** The ops of a run as rows; we packed them ourselves in `packRun`. */
export function unpackRun({ space, dev, n: last, v, previous, ops }: SentRow): OutboxRow[] {
  const packed: SentOp[] = JSON.parse(ops)
  return packed.map(([wall, at, body, seq, finalAt, link], i) => {
    const n = last - packed.length + 1 + i
    const before = packed[i - 1]?.[5] ?? previous
    return { space, dev, n, v, wall, at, body, state: 'sent', link, previous: before, seq, finalAt }
  })
}

/** The runs that end at a number or above it. */
const runsFrom = (db: Database, [space, dev, n]: OutboxKey) =>
  db.sent.where('[space+dev+n]').between([space, dev, n], [space, dev, Dexie.maxKey])

/** How many runs end at a number or above it: with one of them it is taken. */
export function countRunsFrom(db: Database, key: OutboxKey): PromiseLike<number> {
  return runsFrom(db, key).count()
}

/** The last number of a device that was sent, or 0. */
export async function lastSent(db: Database, space: string, dev: string): Promise<number> {
  const [last] = await runsFrom(db, [space, dev, 0]).reverse().limit(1).primaryKeys()
  return last?.[2] ?? 0
}

/** The op of this name, when the server has committed it. */
export async function findSent(db: Database, key: OutboxKey): Promise<OutboxRow | undefined> {
  const run = await runsFrom(db, key).first()
  return run && unpackRun(run).find(({ n }) => n === key[2])
}

/** What the server has committed behind a number of its log, in the order of (dev, n). */
export async function sentAbove(db: Database, space: string, seq: number): Promise<OutboxRow[]> {
  const runs = await db.sent.where('[space+seq]').between([space, seq], [space, Dexie.maxKey], false).toArray()
  const rows = runs.flatMap(unpackRun).filter((row) => (row.seq ?? 0) > seq)
  return rows.sort((a, b) => (a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n))
}

/**
 * Moves rows of the outbox that the server has committed into runs, in the caller's transaction. Deleting a range and
 * putting one value costs a tenth of writing each row anew. What left the outbox meanwhile, as another tab was told the
 * same, stays where it went.
 */
export async function moveToSent(db: Database, committed: OutboxRow[]): Promise<void> {
  for (const run of partRuns(committed)) {
    const { first, last, rows } = run
    const { space, dev } = first
    const held = db.outbox.where('[space+dev+n]').between([space, dev, first.n], [space, dev, last.n], true, true)
    if ((await held.count()) === rows.length) await db.sent.put(packRun(run))
    else {
      const left = new Set((await held.primaryKeys()).map(([, , n]) => n))
      await db.sent.bulkPut(packRuns(rows.filter(({ n }) => left.has(n))))
    }
    await held.delete()
  }
}

/** Takes these ops out of their runs, in the caller's transaction, which puts them elsewhere. */
export async function takeFromSent(db: Database, rows: OutboxRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const taken = new Set(rows.map(({ dev, n }) => `${dev} ${n}`))
  const isTaken = ({ dev, n }: OutboxRow) => taken.has(`${dev} ${n}`)
  for (const dev of new Set(rows.map((row) => row.dev))) {
    const lowest = Math.min(...rows.filter((row) => row.dev === dev).map(({ n }) => n))
    for (const run of await runsFrom(db, [first.space, dev, lowest]).toArray()) {
      const ops = unpackRun(run)
      if (!ops.some(isTaken)) continue
      await db.sent.delete([run.space, dev, run.n])
      await db.sent.bulkPut(packRuns(ops.filter((row) => !isTaken(row))))
    }
  }
}

/** Version 1 of the database kept what was sent in the outbox, row by row. */
export async function packOldSent(outbox: Table<OutboxRow, OutboxKey>, sent: Table<SentRow, OutboxKey>): Promise<void> {
  const rows = (await outbox.toArray()).filter(({ state }) => state === 'sent')
  await sent.bulkPut(packRuns(rows))
  await outbox.bulkDelete(rows.map(({ space, dev, n }): OutboxKey => [space, dev, n]))
}
