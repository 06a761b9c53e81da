import { type Kysely, type RawBuilder, sql } from 'kysely'

const refusal = 'ops is append-only'

/** `truncate` of PostgreSQL goes past the triggers of rows. */
const appendOnly = {
  sqlite: [
    sql`create trigger ops_update before update on ops begin select raise(abort, ${sql.lit(refusal)}); end`,
    sql`create trigger ops_delete before delete on ops begin select raise(abort, ${sql.lit(refusal)}); end`,
  ],
  postgres: [
    sql`create or replace function hadir_append_only() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
    sql`create trigger ops_stays before update or delete on ops for each row execute function hadir_append_only()`,
    sql`create trigger ops_whole before truncate on ops for each statement execute function hadir_append_only()`,
    sql`create trigger audit_whole before truncate on audit for each statement execute function hadir_append_only()`,
  ],
} satisfies Record<string, RawBuilder<unknown>[]>

/**
 * The log refuses what the history refuses since migration 4: an op's row is written once, with its number, times and
 * link, and nothing of ours changes one. What does change, as the epoch and what a backup holds, is in `spaces`.
 */
export function logStays(type: keyof typeof appendOnly) {
  return async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of appendOnly[type]) await statement.execute(db)
  }
}
