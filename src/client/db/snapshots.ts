import type { OpRanges } from '../../core/opRanges.ts'
import { snapshotVersion } from '../../core/snapshot.ts'
import type { Database, SpaceRow } from './schema.ts'

/**
 * A space's pages up to `seq`, folded (core/snapshot.ts). `wentBack` is the space's when its pages were read, `logged`
 * names the ops in it by device (core/opRanges.ts).
 */
export type SnapshotRow = {
  space: string
  version: number
  wentBack: number
  seq: number
  logged: [dev: string, ranges: number[]][]
  pieces: string[]
}

export type NewSnapshot = { space: string; wentBack: number; seq: number; logged: OpRanges; pieces: string[] }

/**
 * [S6] Keeps the folded pages up to a number of the log. The pages stay: a snapshot saves time, and nothing is in it
 * alone. Its transaction holds no other table, so that no check-in waits for it; of a log that is not here any more, as
 * the space was forgotten or went back meanwhile, nothing is left.
 */
export async function writeSnapshot(db: Database, { logged, ...made }: NewSnapshot): Promise<void> {
  const copied = [...logged].map(([dev, ranges]): [string, number[]] => [dev, [...ranges]])
  await db.snapshots.put({ ...made, version: snapshotVersion, logged: copied })
  if ((await db.spaces.get(made.space))?.wentBack !== made.wentBack) await db.snapshots.delete(made.space)
}

/** The snapshot of a space, when it is of this version's fold and of the log as this device holds it now. */
export async function readSnapshot(db: Database, held: SpaceRow): Promise<SnapshotRow | undefined> {
  const row = await db.snapshots.get(held.space)
  const isOfLog = row?.wentBack === held.wentBack && row.seq <= held.seq
  return isOfLog && row.version === snapshotVersion ? row : undefined
}
