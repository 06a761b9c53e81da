import { carriedNames } from './carried.ts'
import { opName } from './opName.ts'
import { inState } from './outbox.ts'
import type { Database } from './schema.ts'

/**
 * How many changes a rescue file is to hold, of all events or of one: what waits or was refused, this device's own and
 * what it carries, and what the server has lost of others. Neither anonymous answers nor files of materials.
 */
export async function countRescuable(db: Database, only?: string): Promise<number> {
  const isMeant = (space: string) => only === undefined || space === only
  const keys = [...(await inState(db, 'local').primaryKeys()), ...(await inState(db, 'parked').primaryKeys())]
  const own = keys.filter(([space]) => isMeant(space)).map(([space, dev, n]) => opName({ space, dev, n }))
  const carried = [...(await carriedNames(db, only)), ...(await carriedNames(db, only, 'refused'))]
  const lost = await db.lostPages.filter(({ space, refused }) => isMeant(space) && !refused).toArray()
  return lost.reduce((sum, { count }) => sum + count, new Set([...own, ...carried]).size)
}
