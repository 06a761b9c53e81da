import { type HistoryEntry, historyOf } from '../../core/history.ts'
import { pendingRows, toOp } from '../db/outbox.ts'
import { pagesAbove, receivedTimes, unpackOps } from '../db/pages.ts'
import type { Database } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'

/** The history of an event from the ops on this device, its own unsent ones too; the newest first. Needs no network. */
export async function readHistory(db: Database, space: string): Promise<HistoryEntry[]> {
  const row = await readSpace(db, space)
  const pages = await pagesAbove(db, space, 0)
  const read = pages.flatMap((page) => {
    const received = receivedTimes(page)
    return unpackOps(page).map(([, dev, n, wall, at, body], i) => {
      return { dev, n, wall, at, body, received: received[i] || ('unknown' as const) }
    })
  })
  const pending = (await pendingRows(db, space, row?.seq ?? 0)).map((one) => {
    return { ...toOp(one), received: one.state === 'sent' ? ('unknown' as const) : ('waiting' as const) }
  })
  return historyOf([...read, ...pending])
}
