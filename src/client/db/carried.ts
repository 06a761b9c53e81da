import type { FoldedOp } from '../../core/fold.ts'
import type { SealedOp } from '../../core/receipt.ts'
import { type OpName, opName } from './opName.ts'
import type { CarriedOutcome, CarriedRow, Database } from './schema.ts'

/** The ops of a carried batch; we packed them ourselves in `addCarried`. */
export function sealedOps({ ops }: CarriedRow): SealedOp[] {
  return JSON.parse(ops)
}

export type NewCarried = Omit<CarriedRow, 'ops' | 'waiting' | 'refused' | 'outcomes'> & { ops: SealedOp[] }

/**
 * Takes batches of other devices, in one strict transaction: what was told to be here is on the disk. One that is here
 * already stays as it is, so that taking it twice changes nothing.
 */
export async function addCarried(db: Database, batches: NewCarried[]): Promise<void> {
  await db.transaction('rw', db.carried, async () => {
    for (const { ops, ...batch } of batches) {
      if (await db.carried.get([batch.space, batch.dev, batch.link])) continue
      const waiting = ops.map(([n]) => opName({ ...batch, n }))
      await db.carried.add({ ...batch, ops: JSON.stringify(ops), waiting, refused: [] })
    }
  })
}

/** The batches of a space that the server has not answered, in the order in which they came. */
export async function waitingCarried(db: Database, space: string): Promise<CarriedRow[]> {
  const rows = await db.carried.where('space').equals(space).sortBy('takenAt')
  return rows.filter(({ waiting }) => waiting.length > 0)
}

/** The batches of a space with an op that the log does not have: waiting, or refused and not let go of. */
export async function undelivered(db: Database, space: string): Promise<CarriedRow[]> {
  const rows = await db.carried.where('space').equals(space).sortBy('takenAt')
  return rows.filter(({ waiting, refused }) => waiting.length + refused.length > 0)
}

/** Names of the ops that wait for the server, in one space or in all. An op that came in two batches is named once. */
export async function carriedNames(db: Database, space?: string, state: 'waiting' | 'refused' = 'waiting') {
  const named = space === undefined ? db.carried.orderBy(state) : db.carried.where(state).startsWith(`${space} `)
  return (await named.uniqueKeys()).map(String)
}

/**
 * Why a server refuses an op that it keeps aside (protocol/push.ts); what it refused for another reason it does not
 * have.
 */
const keptAside = new Set(['notAllowed', 'unreadable', 'badSeal'])

/** Names of the carried ops that the server refused without keeping them, and that nobody has let go of. */
export async function turnedAway(db: Database): Promise<OpName[]> {
  const rows = await db.carried.filter(({ refused }) => refused.length > 0).toArray()
  return rows.flatMap((row) =>
    nameOps(row, row.outcomes ?? [], (outcome) => 'reason' in outcome && !keptAside.has(outcome.reason)),
  )
}

/** This device's clock when the oldest batch came that still waits. */
export async function oldestCarried(db: Database, space: string): Promise<number> {
  const waits = (row: CarriedRow) => row.space === space && row.waiting.length > 0
  return (await db.carried.orderBy('takenAt').filter(waits).first())?.takenAt ?? Number.POSITIVE_INFINITY
}

/** What carried batches add to a space: all of their ops but those that the server refused, with their final time. */
export function foldable(rows: CarriedRow[]): FoldedOp[] {
  return rows.flatMap((row) =>
    sealedOps(row).flatMap(([n, wall, at, body], i): FoldedOp[] => {
      const outcome = row.outcomes?.[i]
      if (outcome && 'reason' in outcome) return []
      return [{ dev: row.dev, n, wall, at: outcome?.at ?? at, body }]
    }),
  )
}

/** The batches that this device carries for others, of one space. */
export function carriedOf(db: Database, space: string): Promise<CarriedRow[]> {
  return db.carried.where('space').equals(space).toArray()
}

/** The batches in which these ops are. */
export function carriedWith(db: Database, names: OpName[]): Promise<CarriedRow[]> {
  return db.carried.where('waiting').anyOf(names).distinct().toArray()
}

type IsNamed = (outcome: CarriedOutcome, n: number) => boolean
const nameOps = (row: CarriedRow, outcomes: CarriedOutcome[], isNamed: IsNamed) =>
  sealedOps(row).flatMap(([n], i) => {
    const outcome = outcomes[i]
    return outcome && isNamed(outcome, n) ? [opName({ ...row, n })] : []
  })

/** Notes what the server has said of a batch, where it is carried here and another tab has not dropped it meanwhile. */
export async function settleCarried(
  db: Database,
  { space, dev, link }: Pick<CarriedRow, 'space' | 'dev' | 'link'>,
  outcomes: CarriedOutcome[],
): Promise<void> {
  await db.transaction('rw', db.carried, async () => {
    const held = await db.carried.get([space, dev, link])
    if (!held) return
    const refused = nameOps(held, outcomes, (outcome) => 'reason' in outcome)
    await db.carried.put({ ...held, outcomes, waiting: [], refused })
  })
}

/** Whether the server's log lacks an op that it said it had committed, in this place. */
export type IsLost = (op: { dev: string; n: number; seq?: number }) => boolean

/** [S7] Offers again each batch of which the server has lost something, also what it refused of it. */
export async function reofferCarried(db: Database, space: string, isLost: IsLost): Promise<void> {
  for (const row of await carriedOf(db, space)) {
    const { dev, outcomes } = row
    if (!outcomes) continue
    const lost = nameOps(row, outcomes, (outcome, n) => 'seq' in outcome && isLost({ dev, n, seq: outcome.seq }))
    if (lost.length > 0) await db.carried.put(waitAnew(row))
  }
}

/** The batch as it was taken, for the server to be asked anew. */
export function waitAnew({ outcomes: _, ...row }: CarriedRow): CarriedRow {
  const waiting = sealedOps(row).map(([n]) => opName({ ...row, n }))
  return { ...row, waiting, refused: [] }
}

/** Lets what the server refused be tried again: a person has looked, or the server was put back ([S7]). */
export async function retryCarried(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.carried, async () => {
    const rows = await carriedOf(db, space)
    await db.carried.bulkPut(rows.filter(({ refused }) => refused.length > 0).map(waitAnew))
  })
}

/** A person lets go of what the server refused: it stays here, and nothing waits for a look any more. */
export async function releaseCarried(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.carried, async () => {
    const rows = await carriedOf(db, space)
    const letGo = rows.filter(({ refused }) => refused.length > 0)
    await db.carried.bulkPut(letGo.map((row) => ({ ...row, refused: [] })))
  })
}

/** The ops of a batch that a person let go of: refused, and waiting for nothing. */
function releasedNames(row: CarriedRow): OpName[] {
  if (row.waiting.length + row.refused.length > 0) return []
  return nameOps(row, row.outcomes ?? [], (outcome) => 'reason' in outcome)
}

/** Brings what a person let go of back to what waits for a look. */
export async function takeBackCarried(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.carried, async () => {
    const letGo = (await carriedOf(db, space)).filter((row) => releasedNames(row).length > 0)
    await db.carried.bulkPut(letGo.map((row) => ({ ...row, refused: releasedNames(row) })))
  })
}

/** How many ops a person let go of, by space; few batches are ever left in the table. */
export async function countReleasedCarried(db: Database): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  await db.carried.each((row) => {
    const { length } = releasedNames(row)
    if (length > 0) counts.set(row.space, (counts.get(row.space) ?? 0) + length)
  })
  return counts
}
