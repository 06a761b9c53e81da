import { sql, type Transaction } from 'kysely'
import type { AuditEntry } from '../../core/audit.ts'
import { appendEntries } from './audit.ts'
import { everySpace, type RightsChange, type RightsResult, type RightsStore } from './store.ts'
import type { Database, Tables } from './tables.ts'

/** Undoes a change that must not be. */
class Refused extends Error {
  readonly why: Exclude<RightsResult, 'done'>
  constructor(why: Exclude<RightsResult, 'done'>) {
    super(why)
    this.why = why
  }
}

/** Whoever may do everything, by an account or on a device that is not revoked. */
async function countOrganizers(transaction: Transaction<Tables>): Promise<number> {
  const { count } = await transaction
    .selectFrom('grants')
    .leftJoin('devices', (join) => join.on(sql<boolean>`grants.subject = 'device:' || devices.dev`))
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('grants.space', '=', everySpace)
    .where('grants.role', '=', 'organizer')
    .where('grants.revoked', 'is', null)
    .where('devices.revoked', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Ends what the subject has in the space, but for the role that it is to have; how many grants that were. */
async function endOthers(transaction: Transaction<Tables>, { space, subject, role, now }: RightsChange) {
  let ending = transaction
    .updateTable('grants')
    .set({ revoked: now })
    .where('space', '=', space)
    .where('subject', '=', subject)
    .where('revoked', 'is', null)
  if (role) ending = ending.where('role', '!=', role)
  return Number((await ending.executeTakeFirst()).numUpdatedRows)
}

export function createRights({ atomically }: Database): RightsStore {
  /** The line in the history comes first: its lock makes every change of rights wait for the one before. */
  async function change(
    entry: AuditEntry,
    work: (transaction: Transaction<Tables>) => Promise<number>,
  ): Promise<RightsResult> {
    try {
      await atomically(async (transaction) => {
        await appendEntries(transaction, [entry])
        const before = await countOrganizers(transaction)
        if ((await work(transaction)) === 0) throw new Refused('none')
        if (before > 0 && (await countOrganizers(transaction)) === 0) throw new Refused('lastOrganizer')
      })
      return 'done'
    } catch (error) {
      if (error instanceof Refused) return error.why
      throw error
    }
  }

  return {
    changeRight: (right, entry) =>
      change(entry, async (transaction) => {
        const ended = await endOthers(transaction, right)
        const { space, subject, role, now } = right
        if (role === null) return ended
        await transaction
          .insertInto('grants')
          .values({ space, subject, role, created: now, revoked: null, expires: null, owner: null })
          .onConflict((conflict) =>
            conflict.columns(['space', 'subject', 'role']).doUpdateSet({ created: now, revoked: null, expires: null }),
          )
          .execute()
        return ended + 1
      }),
    revokeDevice: (dev, now, entry) =>
      change(entry, async (transaction) => {
        const revoking = transaction.updateTable('devices').set({ revoked: now }).where('dev', '=', dev)
        return Number((await revoking.where('revoked', 'is', null).executeTakeFirst()).numUpdatedRows)
      }),
  }
}
