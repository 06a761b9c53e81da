import type { Kysely } from 'kysely'

/** How people sign in beside their password, and what keeps others from doing so in their name. */
export async function accounts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('devices').addColumn('signedOut', 'bigint').execute()
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addColumn('created', 'bigint', (column) => column.notNull())
    .addColumn('used', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('passkeys_account').on('passkeys').column('account').execute()
  await db.schema
    .createTable('resetCodes')
    .addColumn('account', 'text', (column) => column.primaryKey())
    .addColumn('code', 'text', (column) => column.notNull().unique())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('created', 'bigint', (column) => column.notNull())
    .addColumn('expires', 'bigint', (column) => column.notNull())
    .addColumn('used', 'bigint')
    .execute()
  await db.schema
    .createTable('tries')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('wrong', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('tries_at').on('tries').column('at').execute()
  await db.schema
    .createTable('spent')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('expires', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('spent_expires').on('spent').column('expires').execute()
}
