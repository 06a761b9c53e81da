import { liveQuery } from 'dexie'
import type { SpaceRole } from '../../core/access.ts'
import type { Database, OutboxRow, SpaceRow } from './schema.ts'

export function newSpaceRow(space: string, role: SpaceRole): SpaceRow {
  return { space, role, revoked: false, epoch: '', seq: 0, chain: '', head: 0, backedUpThrough: 0 }
}

/** Brings the list of spaces in line with the server's grants. A space made here and never sent is not the server's to end. */
export async function applyGrants(db: Database, grants: { space: string; role: SpaceRole }[]): Promise<void> {
  await db.transaction('rw', db.spaces, async () => {
    const held = await db.spaces.toArray()
    const roles = new Map(grants.map(({ space, role }) => [space, role]))
    for (const row of held) {
      const role = roles.get(row.space)
      if (role && (role !== row.role || row.revoked)) await db.spaces.update(row.space, { role, revoked: false })
      if (!role && row.epoch && !row.revoked) await db.spaces.update(row.space, { revoked: true })
      roles.delete(row.space)
    }
    await db.spaces.bulkAdd([...roles].map(([space, role]) => newSpaceRow(space, role)))
  })
}

export function readSpace(db: Database, space: string): Promise<SpaceRow | undefined> {
  return db.spaces.get(space)
}

export function listSpaces(db: Database): Promise<SpaceRow[]> {
  return db.spaces.toArray()
}

export type Unsubscribe = () => void

/** Calls back with every space row, now and on each change, whichever tab made it. */
export function watchSpaces(db: Database, onRows: (rows: SpaceRow[]) => void): Unsubscribe {
  const subscription = liveQuery(() => db.spaces.toArray()).subscribe(onRows)
  return () => subscription.unsubscribe()
}

/** A space's row, and this device's ops in it that the server has not committed. */
export type SpaceChange = { row: SpaceRow; unsent: OutboxRow[]; parked: OutboxRow[] }

/** Calls back when a space's cursor or its unsent or parked ops change, whichever tab made the change. */
export function watchSpace(db: Database, space: string, onChange: (change: SpaceChange) => void): Unsubscribe {
  const subscription = liveQuery(async () => {
    const row = await db.spaces.get(space)
    const unsent = await db.outbox.where('[space+state]').equals([space, 'local']).toArray()
    const parked = await db.outbox.where('[space+state]').equals([space, 'parked']).toArray()
    return { row, unsent, parked }
  }).subscribe(({ row, unsent, parked }) => row && onChange({ row, unsent, parked }))
  return () => subscription.unsubscribe()
}

/** Calls back with how much work is on this device only: per space the count and the oldest op's clock. */
export function watchUnsent(
  db: Database,
  onChange: (unsent: Map<string, { count: number; parked: number; oldestWall: number }>) => void,
): Unsubscribe {
  const subscription = liveQuery(() => db.outbox.where('state').anyOf('local', 'parked').toArray()).subscribe(
    (rows) => {
      const spaces = new Map<string, { count: number; parked: number; oldestWall: number }>()
      for (const { space, state, wall } of rows) {
        const held = spaces.get(space) ?? { count: 0, parked: 0, oldestWall: wall }
        if (state === 'parked') held.parked++
        else {
          held.count++
          held.oldestWall = Math.min(held.oldestWall, wall)
        }
        spaces.set(space, held)
      }
      onChange(spaces)
    },
  )
  return () => subscription.unsubscribe()
}
