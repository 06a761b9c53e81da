import type { Kysely } from 'kysely'

/** Finds all devices of an attendee, and notes when his share of a space was last used up. */
export async function shares(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('grants').addColumn('full', 'bigint').execute()
  await db.schema.createIndex('grants_owner').on('grants').columns(['space', 'owner']).execute()
}
