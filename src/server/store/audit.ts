import type { Transaction } from 'kysely'
import { type AuditEntry, type AuditRow, auditLink, endingKinds } from '../../core/audit.ts'
import type { AuditStore } from './oversight.ts'
import type { Database, Tables } from './tables.ts'
import { createTogether } from './together.ts'

const togetherMs = 4
const maxTogether = 500

/** Entries as the rows behind `end`, where the history ends, each in its chain. */
export function toRows(end: Tables['auditEnd'], entries: AuditEntry[]): Tables['audit'][] {
  let { seq } = end
  let link: Uint8Array = Buffer.from(end.chain, 'base64url')
  return entries.map(({ detail, ...entry }) => {
    seq++
    link = auditLink(link, seq, { ...entry, detail })
    return { ...entry, seq, detail: JSON.stringify(detail), chain: Buffer.from(link).toString('base64url') }
  })
}

/**
 * Entries that come at one moment are one transaction: a thousand phones may enrol within seconds. A statement has room
 * for so many rows only.
 */
export async function appendEntries(transaction: Transaction<Tables>, entries: AuditEntry[]): Promise<void> {
  /** An update that changes nothing locks the row on both databases until the commit. */
  const end = await transaction
    .updateTable('auditEnd')
    .set((of) => ({ seq: of.ref('seq') }))
    .returning(['seq', 'chain'])
    .executeTakeFirstOrThrow()
  const rows = toRows(end, entries)
  const { seq, chain } = rows.at(-1) ?? end
  for (let from = 0; from < rows.length; from += maxTogether)
    await transaction
      .insertInto('audit')
      .values(rows.slice(from, from + maxTogether))
      .execute()
  await transaction.updateTable('auditEnd').set({ seq, chain }).execute()
}

/** The server's own history: append-only and chained. The tables refuse every change of what was written. */
export function createAudit({ db, atomically }: Database): AuditStore {
  const noteTogether = createTogether<AuditEntry[], void>(
    async (_, jobs) => {
      await atomically((transaction) => appendEntries(transaction, jobs.flat()))
      return jobs.map(() => undefined)
    },
    { waitMs: togetherMs, weigh: (entries) => entries.length, maxWeight: maxTogether },
  )
  return {
    note: (...entries) => noteTogether('', entries),
    noteBackup: (ends, entry) =>
      atomically(async (transaction) => {
        for (const { space, epoch, head } of ends)
          await transaction
            .updateTable('spaces')
            .set({ backed: head })
            .where('space', '=', space)
            .where('epoch', '=', epoch)
            .where('backed', '<', head)
            .execute()
        await appendEntries(transaction, [entry])
      }),
    read: async ({ space, about, before, most }) => {
      let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(most)
      if (space !== undefined) query = query.where('space', '=', space)
      /** A device that took a new key is told of under both. */
      const renewed = JSON.stringify({ before: about?.replace(/^device:/, '') })
      if (about !== undefined)
        query = query.where((of) =>
          of.or([
            of('about', '=', about),
            of('dev', '=', about.replace(/^device:/, '')),
            of('account', '=', about.replace(/^account:/, '')),
            of('detail', '=', renewed),
          ]),
        )
      if (before !== undefined) query = query.where('seq', '<', before)
      const rows = await query.execute()
      return rows.map(({ detail, ...row }): AuditRow => ({ ...row, detail: JSON.parse(detail) }))
    },
    lastEnding: async () => {
      const row = await db
        .selectFrom('audit')
        .select((of) => of.fn.max('seq').as('seq'))
        .where('kind', 'in', [...endingKinds])
        .executeTakeFirst()
      return row?.seq ?? 0
    },
  }
}
