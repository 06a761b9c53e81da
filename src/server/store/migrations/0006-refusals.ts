import type { Kysely } from 'kysely'

/** Failed sign-ins by account and hour, until the hour is over and its line in the history is written. */
export async function refusals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refusals')
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('refusals_key', ['hour', 'account'])
    .execute()
}
