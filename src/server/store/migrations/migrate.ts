import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { Tables } from '../tables.ts'
import { bytesOf, start } from './0001-start.ts'
import { files } from './0002-files.ts'
import { accounts } from './0003-accounts.ts'
import { rights } from './0004-rights.ts'
import { shares } from './0005-shares.ts'
import { refusals } from './0006-refusals.ts'
import { logStays } from './0007-append-only.ts'

/** In order. Forward only: a migration that was released is never changed, the next is added. */
export function migrationsOf(type: keyof typeof bytesOf): Record<string, Migration> {
  return {
    '0001-start': { up: start(bytesOf[type]) },
    '0002-files': { up: files },
    '0003-accounts': { up: accounts },
    '0004-rights': { up: rights(type) },
    '0005-shares': { up: shares },
    '0006-refusals': { up: refusals },
    '0007-append-only': { up: logStays(type) },
  }
}

/** Of the migrations that a database has seen, one that this version does not know: a newer one has worked with it. */
export function laterMigration(done: string[]): string | undefined {
  const known = migrationsOf('sqlite')
  return done.find((name) => !Object.hasOwn(known, name))
}

/** What Kysely says of a migration that was done here and that it is not given; it has no class for that. */
const isUnknown = /^corrupted migrations: previously executed migration (\S+) is missing/

/**
 * Brings a database to the newest form, in one transaction: a server that dies on the way leaves it as it was. Of
 * several that start at once one does it, and the others find it done. `newerDatabase`: a newer version has done more,
 * and nothing is touched ([S9]).
 */
export async function migrate(
  db: Kysely<Tables>,
  type: keyof typeof bytesOf,
): Promise<Result<undefined, { kind: 'newerDatabase'; detail: string }>> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsOf(type) } })
  const { error } = await migrator.migrateToLatest()
  const [, unknown] = isUnknown.exec(error instanceof Error ? error.message : '') ?? []
  if (unknown) return fail({ kind: 'newerDatabase', detail: unknown })
  if (error) throw error
  return ok(undefined)
}
