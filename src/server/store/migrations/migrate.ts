import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Tables } from '../tables.ts'
import { bytesOf, start } from './0001-start.ts'
import { files } from './0002-files.ts'
import { accounts } from './0003-accounts.ts'
import { rights } from './0004-rights.ts'
import { shares } from './0005-shares.ts'
import { refusals } from './0006-refusals.ts'
import { logStays } from './0007-append-only.ts'

/**
 * Brings a database to the newest form. Forward only: a migration that was released is never changed, the next is
 * added.
 */
export async function migrate(db: Kysely<Tables>, type: keyof typeof bytesOf): Promise<void> {
  const migrations = {
    '0001-start': { up: start(bytesOf[type]) },
    '0002-files': { up: files },
    '0003-accounts': { up: accounts },
    '0004-rights': { up: rights(type) },
    '0005-shares': { up: shares },
    '0006-refusals': { up: refusals },
    '0007-append-only': { up: logStays(type) },
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
