import { ok, type Result } from '../core/result.ts'
import type { BackupContent } from './store/backup.ts'
import { openPostgres } from './store/postgres.ts'
import { openSqliteBeside } from './store/sqlite.ts'
import { everySpace, type StoreFailure } from './store/store.ts'

type Place = { databaseUrl: string | undefined; dataFolder: string }

/**
 * Writes into the server's own history that a backup of it was made, also while servers work, or that one was put in its
 * place: what the history held behind it is gone.
 */
export async function noteBackup(
  { databaseUrl, dataFolder }: Place,
  kind: 'backedUp' | 'restored',
  { spaces, ops }: Pick<BackupContent, 'spaces' | 'ops'>,
  at: number,
): Promise<Result<undefined, StoreFailure | { kind: 'notHere'; detail: string }>> {
  const opened = databaseUrl ? await openPostgres(databaseUrl) : await openSqliteBeside(dataFolder)
  if (!opened.ok) return opened
  const common = { space: everySpace, account: null, dev: null, about: null, reason: '' }
  try {
    await opened.value.audit.note({ at, kind, ...common, detail: { spaces, ops } })
  } finally {
    await opened.value.close()
  }
  return ok(undefined)
}
