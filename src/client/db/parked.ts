import { outboxRows } from './outbox.ts'
import type { Database, OutboxRow } from './schema.ts'

async function parkedRows(db: Database, space: string, reason: string | undefined): Promise<OutboxRow[]> {
  const rows = await outboxRows(db, space, 'parked')
  return reason === undefined ? rows : rows.filter(({ parkedFor }) => parkedFor === reason)
}

/** Lets parked ops be tried again, after a person has looked: all, or those that were parked for one reason. */
export async function retryParked(db: Database, space: string, reason?: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await parkedRows(db, space, reason)
    await db.outbox.bulkPut(rows.map(({ parkedFor: _, ...row }): OutboxRow => ({ ...row, state: 'local' })))
  })
}

/** A person lets go of parked ops: they stay here and on the server, which has parked them too. */
export async function releaseParked(db: Database, space: string, reason: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await parkedRows(db, space, reason)
    await db.outbox.bulkPut(rows.map((row): OutboxRow => ({ ...row, state: 'released' })))
  })
}

/** Brings ops that a person let go of back to those that wait for a look. */
export async function takeBackReleased(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await outboxRows(db, space, 'released')
    await db.outbox.bulkPut(rows.map((row): OutboxRow => ({ ...row, state: 'parked' })))
  })
}
