import { Dexie } from 'dexie'
import type { Database, OutboxKey, OutboxRow } from './schema.ts'

/**
 * A device's unsent rows behind a number, in their order; at most `most`. By the primary key, along which rows are read
 * at half the cost of an index.
 */
export async function unsentBehind(db: Database, [space, dev, n]: OutboxKey, most: number): Promise<OutboxRow[]> {
  for (let from = n; ; ) {
    const behind = db.outbox.where('[space+dev+n]').between([space, dev, from], [space, dev, Dexie.maxKey], false, true)
    const rows = await behind.limit(most).toArray()
    const unsent = rows.filter(({ state }) => state === 'local')
    const last = rows.at(-1)
    if (unsent.length > 0 || !last || rows.length < most) return unsent
    from = last.n
  }
}
