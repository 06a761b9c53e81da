import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/server.ts'
import { usePostgres } from '../support/stores.ts'
import { printCounts } from './counts.ts'
import { restoreBackup } from './restore.ts'

const postgres = usePostgres()

const places: [string, () => Promise<Record<string, string>>][] = [
  ['SQLite', async () => ({ HADIR_DATA: temporaryFolder() })],
  ['PostgreSQL', async () => ({ DATABASE_URL: await postgres.newDatabase() })],
]

test.each(places)(
  '[S7] %s: a backup taken under load is put back beside the running server, and devices bring back what it lacks',
  async (name, newPlace) => {
    const counts = await restoreBackup(newPlace, 15)
    printCounts(`restore, ${name}`, counts)
    expect(counts.missingInBackup).toBeGreaterThan(15)
    expect([counts.lost, counts.unequal]).toEqual([0, 0])
  },
)
