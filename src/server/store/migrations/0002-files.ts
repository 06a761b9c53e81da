import type { Kysely } from 'kysely'

/** Which content each space holds, and what is on its way; the content itself lies in the file store. */
export async function files(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('space', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('dev', 'text', (column) => column.notNull())
    .addColumn('created', 'bigint', (column) => column.notNull())
    .addColumn('unnamed', 'bigint')
    .addPrimaryKeyConstraint('files_key', ['space', 'hash'])
    .execute()
  await db.schema.createIndex('files_hash').on('files').column('hash').execute()
  await db.schema.createIndex('files_dev').on('files').column('dev').execute()
  await db.schema
    .createTable('uploads')
    .addColumn('space', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('dev', 'text', (column) => column.notNull())
    .addColumn('received', 'bigint', (column) => column.notNull())
    .addColumn('verified', 'bigint', (column) => column.notNull())
    .addColumn('touched', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('uploads_key', ['space', 'hash'])
    .execute()
  await db.schema.createIndex('uploads_dev').on('uploads').column('dev').execute()
}
