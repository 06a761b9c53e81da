import { liveQuery } from 'dexie'
import type { SpaceRole } from '../../core/access.ts'
import type { Database, OutboxKey, OutboxRow, SpaceRow } from './schema.ts'

export function newSpaceRow(space: string, role: SpaceRole): SpaceRow {
  return { space, role, revoked: false, epoch: '', seq: 0, chain: '', head: 0, backedUpThrough: 0, wentBack: 0 }
}

/**
 * Brings the list of spaces in line with the server's grants. A space made here and never sent is not the server's to end;
 * one that an organizer of `everywhere` misses was lost in a restore, and is offered again ([S7]).
 */
export async function applyGrants(
  db: Database,
  grants: { space: string; role: SpaceRole }[],
  everywhere: boolean,
): Promise<void> {
  await db.transaction('rw', db.spaces, async () => {
    const held = await db.spaces.toArray()
    const roles = new Map(grants.map(({ space, role }) => [space, role]))
    for (const row of held) {
      const role = roles.get(row.space)
      if (role && (role !== row.role || row.revoked)) await db.spaces.update(row.space, { role, revoked: false })
      if (!role && row.epoch && !row.revoked && !everywhere) await db.spaces.update(row.space, { revoked: true })
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

/** A space's row, and this device's ops in it that the server has not committed; those that wait by their names only. */
export type SpaceChange = { row: SpaceRow; unsent: OutboxKey[]; oldestWall: number; parked: OutboxRow[] }

/** Calls back when a space's cursor or its unsent or parked ops change, whichever tab made the change. */
export function watchSpace(db: Database, space: string, onChange: (change: SpaceChange) => void): Unsubscribe {
  const subscription = liveQuery(async () => {
    const row = await db.spaces.get(space)
    const unsent = await db.outbox.where('[space+state]').equals([space, 'local']).primaryKeys()
    const oldestWall = await oldestUnsentWall(db, space)
    const parked = await db.outbox.where('[space+state]').equals([space, 'parked']).toArray()
    return { row, unsent, oldestWall, parked }
  }).subscribe(({ row, ...change }) => row && onChange({ row, ...change }))
  return () => subscription.unsubscribe()
}

/** What the server has not taken: how many ops wait, are parked or let go of; the oldest unsent op's clock, epoch ms. */
export type UnsentCount = { count: number; parked: number; released: number; oldestWall: number }

/** Calls back with that work per space. Bodies are not read: an import waits with megabytes of them. */
export function watchUnsent(db: Database, onChange: (unsent: Map<string, UnsentCount>) => void): Unsubscribe {
  const subscription = liveQuery(async () => {
    const spaces = new Map<string, UnsentCount>()
    const countOf = (space: string): UnsentCount => {
      const held = spaces.get(space) ?? { count: 0, parked: 0, released: 0, oldestWall: Number.POSITIVE_INFINITY }
      spaces.set(space, held)
      return held
    }
    for (const [space] of await db.outbox.where('state').equals('local').primaryKeys()) countOf(space).count++
    for (const [space] of await db.outbox.where('state').equals('parked').primaryKeys()) countOf(space).parked++
    for (const [space] of await db.outbox.where('state').equals('released').primaryKeys()) countOf(space).released++
    for (const [space, count] of spaces) count.oldestWall = await oldestUnsentWall(db, space)
    return spaces
  }).subscribe(onChange)
  return () => subscription.unsubscribe()
}

async function oldestUnsentWall(db: Database, space: string): Promise<number> {
  const oldest = await db.outbox.where('[space+state]').equals([space, 'local']).first()
  return oldest?.wall ?? Number.POSITIVE_INFINITY
}
