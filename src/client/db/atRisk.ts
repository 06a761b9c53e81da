import { isUnsure } from '../../core/access.ts'
import { countBallots } from './ballots.ts'
import { draftKeys } from './drafts.ts'
import { readIdentity } from './meta.ts'
import { countUnsent } from './outbox.ts'
import type { Database } from './schema.ts'
import { listSpaces, readUnsent } from './spaces.ts'

/**
 * What would be lost with this device, or is left undecided on it: how many ops it alone holds, its own and others' that
 * a restored server has lost, `ballots` of which are anonymous answers, that no rescue file holds; how many the server
 * did not accept, `parkedIn` the event of one of them, `held` of them anonymous answers that it could not take yet and
 * that are among these alone; and the keys of forms that hold what was not saved. `isUnsure` as in core/access.ts.
 */
export type AtRisk = {
  localOnly: number
  ballots: number
  parked: number
  held: number
  parkedIn: string | undefined
  drafts: string[]
  isUnsure: boolean
}

/** All of it in one moment: what goes from one of these to the other is missed by neither. */
export function readAtRisk(db: Database): Promise<AtRisk> {
  const { spaces, outbox, carried, tickets, ballots, blobs, lostPages, drafts, meta } = db
  return db.transaction('r', [spaces, outbox, carried, tickets, ballots, blobs, lostPages, drafts, meta], async () => {
    const ballotCount = await countBallots(db)
    const parked = [...(await readUnsent(db))].filter(([, unsent]) => unsent.parked > 0)
    return {
      localOnly: (await countUnsent(db)) - ballotCount.held,
      ballots: ballotCount.waiting,
      parked: parked.reduce((sum, [, unsent]) => sum + unsent.parked, 0),
      held: ballotCount.held,
      parkedIn: parked[0]?.[0],
      drafts: await draftKeys(db),
      isUnsure: isUnsure((await readIdentity(db))?.enrolled === true, await listSpaces(db)),
    }
  })
}

/** What is left undecided on this device, to be compared with what it was: another value whenever something is added. */
export async function readUndecided(db: Database): Promise<string> {
  const { parked } = await readAtRisk(db)
  return JSON.stringify([parked, (await db.drafts.toArray()).map(({ key, savedAt }) => [key, savedAt])])
}
