import { type Kysely, type RawBuilder, sql } from 'kysely'
import { chainStart } from '../../../core/op.ts'

/** The databases' own words for "what was written stays": `update` and `delete` of an entry are refused. */
const appendOnly = {
  sqlite: [
    sql`create trigger audit_update before update on audit begin select raise(abort, 'audit is append-only'); end`,
    sql`create trigger audit_delete before delete on audit begin select raise(abort, 'audit is append-only'); end`,
  ],
  postgres: [
    sql`create function hadir_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$`,
    sql`create trigger audit_stays before update or delete on audit for each row execute function hadir_append_only()`,
  ],
} satisfies Record<string, RawBuilder<unknown>[]>

/** The server's own history, what devices have told of themselves, and what was decided about parked ops. */
export function rights(type: keyof typeof appendOnly) {
  return async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('space', 'text', (column) => column.notNull())
      .addColumn('account', 'text')
      .addColumn('dev', 'text')
      .addColumn('about', 'text')
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('chain', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_space').on('audit').columns(['space', 'seq']).execute()
    await db.schema.createIndex('audit_kind').on('audit').columns(['kind', 'seq']).execute()
    for (const statement of appendOnly[type]) await statement.execute(db)
    await db.schema
      .createTable('auditEnd')
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('chain', 'text', (column) => column.notNull())
      .execute()
    await sql`insert into "auditEnd" values (0, ${Buffer.from(chainStart).toString('base64url')})`.execute(db)
    await db.schema.alterTable('devices').addColumn('revoked', 'bigint').execute()
    await db.schema.alterTable('devices').addColumn('unsent', 'bigint').execute()
    await db.schema.alterTable('parked').addColumn('kept', 'bigint').execute()
  }
}
