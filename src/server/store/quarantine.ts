import { type Selectable, sql, type Transaction } from 'kysely'
import type { AuditEntry } from '../../core/audit.ts'
import type { Op } from '../../core/op.ts'
import { contentMark, type Ends, numberOp, withEnds } from './append.ts'
import { appendEntries } from './audit.ts'
import type { ParkedName, ParkedOp, QuarantineStore } from './oversight.ts'
import { asTwin, heldContents, marksByName } from './recover.ts'
import type { Database, Tables } from './tables.ts'

type Row = Selectable<Tables['parked']>

function toOp({ space, dev, n, v, wall, claimed: at, body }: Row): Op {
  return { space, dev, n, v, wall, at, body: body.toString() }
}

function toParked(row: Row): ParkedOp {
  const { link, received, reason, kept } = row
  return { op: toOp(row), link, receivedAt: received, reason, keptAt: kept }
}

/** The rows of these names that are still parked, oldest first. */
async function parkedRows(transaction: Transaction<Tables>, space: string, dev: string, names: ParkedName[]) {
  const rows = await transaction
    .selectFrom('parked')
    .selectAll()
    .where('space', '=', space)
    .where('dev', '=', dev)
    .where(
      'link',
      'in',
      names.map(({ link }) => link),
    )
    .orderBy('n')
    .orderBy('link')
    .execute()
  return rows.filter((row) => names.some(({ n, link }) => row.n === n && row.link === link))
}

/**
 * Numbers a parked op, unless the log holds it already, under whichever name; another op under its name makes it one of
 * a twin's ([S8]).
 */
async function commitParked(transaction: Transaction<Tables>, ends: Ends, row: Row): Promise<boolean> {
  const op = { ...toOp(row), at: Math.min(row.claimed, row.received) }
  const nameOf = ({ dev, n }: Op) => `${dev}.${n}`
  const held = (await marksByName(transaction, row.space, [op])).get(nameOf(op))
  const named = held === undefined || held === contentMark(op) ? op : asTwin(op)
  if ((await marksByName(transaction, row.space, [named])).has(nameOf(named))) return false
  if ((await heldContents(transaction, row.space, [op])).has(contentMark(op))) return false
  const link = named === op ? row.link : contentMark(op)
  const { space, received, claimed, body } = row
  const { dev, n, v, wall, at } = named
  await transaction
    .insertInto('ops')
    .values({ space, dev, n, v, wall, at, link, claimed, received, body, ...numberOp(ends, named) })
    .execute()
  return true
}

export function createQuarantine({ db, atomically }: Database): QuarantineStore {
  const noteCount = (transaction: Transaction<Tables>, entry: AuditEntry, ops: number) =>
    appendEntries(transaction, [{ ...entry, detail: { ...entry.detail, ops } }])

  return {
    sumParked: (space) =>
      db
        .selectFrom('parked')
        .select((of) => [
          'dev',
          sql<number>`cast(sum(case when kept is null then 1 else 0 end) as bigint)`.as('waiting'),
          sql<number>`cast(sum(case when kept is null then 0 else 1 end) as bigint)`.as('kept'),
          of.fn.min('received').as('oldestAt'),
        ])
        .where('space', '=', space)
        .groupBy('dev')
        .orderBy('oldestAt')
        .execute(),
    listParked: async (space, dev, after, { most, maxBytes }) => {
      const rows = await db
        .selectFrom('parked')
        .selectAll()
        .where('space', '=', space)
        .where('dev', '=', dev)
        .where((of) => of.or([of('n', '>', after.n), of.and([of('n', '=', after.n), of('link', '>', after.link)])]))
        .orderBy('n')
        .orderBy('link')
        .limit(most)
        .execute()
      let bytes = 0
      const fitting = rows.filter(({ body }, i) => {
        bytes += body.length
        return i === 0 || bytes <= maxBytes
      })
      return fitting.map(toParked)
    },
    releaseParked: (space, dev, names, entry) =>
      atomically((transaction) =>
        withEnds(transaction, space, async (ends) => {
          const rows = (await parkedRows(transaction, space, dev, names)).filter(
            ({ reason }) => reason === 'notAllowed',
          )
          let entered = 0
          for (const row of rows) {
            if (await commitParked(transaction, ends, row)) entered++
            await transaction
              .deleteFrom('parked')
              .where('space', '=', space)
              .where('dev', '=', dev)
              .where('n', '=', row.n)
              .where('link', '=', row.link)
              .execute()
          }
          if (rows.length > 0) await noteCount(transaction, entry, rows.length)
          return entered
        }),
      ),
    keepParked: (space, dev, names, entry) =>
      atomically(async (transaction) => {
        const rows = (await parkedRows(transaction, space, dev, names)).filter(({ kept }) => kept === null)
        for (const { n, link } of rows)
          await transaction
            .updateTable('parked')
            .set({ kept: entry.at })
            .where('space', '=', space)
            .where('dev', '=', dev)
            .where('n', '=', n)
            .where('link', '=', link)
            .execute()
        if (rows.length > 0) await noteCount(transaction, entry, rows.length)
        return rows.length
      }),
  }
}
