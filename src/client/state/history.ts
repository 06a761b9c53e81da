import { type HistoryEntry, historyOf } from '../../core/history.ts'
import { pendingRows, toOp } from '../db/outbox.ts'
import { pagesAbove, unpackOps } from '../db/pages.ts'
import type { Database } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'

/** The history of an event from the ops on this device, its own unsent ones too; the newest first. Needs no network. */
export async function readHistory(db: Database, space: string): Promise<HistoryEntry[]> {
  const row = await readSpace(db, space)
  const pages = await pagesAbove(db, space, 0)
  const read = pages.flatMap(unpackOps).map(([, dev, n, wall, at, body]) => ({ dev, n, wall, at, body }))
  const pending = (await pendingRows(db, space, row?.seq ?? 0)).map(toOp)
  return historyOf([...read, ...pending])
}
