import { Dexie } from 'dexie'
import { pagesAbove, unpackOps } from './pages.ts'
import type { Database, OutboxRow } from './schema.ts'

const keptMs = 30 * 86_400_000

/**
 * [S5] Drops what this device wrote and keeps twice: ops that were sent more than 30 days ago, that a verified backup
 * holds, and that are in the pages here. The last one of a device stays, since the next takes its number from it, and so
 * does one before an op that may be sealed once more, since its link is needed then. `now`: this device's clock, epoch ms.
 */
export async function pruneOutbox(db: Database, space: string, now: number): Promise<void> {
  await db.transaction('rw', [db.spaces, db.pages, db.outbox], async () => {
    const held = await db.spaces.get(space)
    const through = Math.min(held?.backedUpThrough ?? 0, held?.seq ?? 0)
    const isOld = ({ state, seq = Number.POSITIVE_INFINITY, finalAt = now }: OutboxRow) =>
      state === 'sent' && seq <= through && now - finalAt > keptMs
    const all = [space, Dexie.minKey, Dexie.minKey]
    const rows = await db.outbox.where('[space+dev+n]').between(all, [space, Dexie.maxKey, Dexie.maxKey]).toArray()
    const old = rows.filter((row, i) => {
      const next = rows[i + 1]
      return isOld(row) && next?.dev === row.dev && (next.n > row.n + 1 || isOld(next))
    })
    if (old.length === 0) return
    const nameBySeq = new Map<number, string>()
    for (const page of await pagesAbove(db, space, 0))
      unpackOps(page).forEach(([, dev, n], i) => {
        nameBySeq.set(page.after + i + 1, `${dev} ${n}`)
      })
    const doubled = old.filter(({ dev, n, seq = 0 }) => nameBySeq.get(seq) === `${dev} ${n}`)
    await db.outbox.bulkDelete(doubled.map(({ dev, n }): [string, string, number] => [space, dev, n]))
  })
}
