import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/server.ts'
import { usePostgres } from '../support/stores.ts'
import { printCounts } from './counts.ts'
import { killServer } from './killServer.ts'

const postgres = usePostgres()

const databases: [string, () => Promise<Record<string, string>>][] = [
  ['SQLite', async () => ({ HADIR_DATA: temporaryFolder() })],
  ['PostgreSQL', async () => ({ DATABASE_URL: await postgres.newDatabase() })],
]

test.each(databases)(
  '[S5] %s: a server that is killed under load has lost nothing that it acknowledged',
  async (name, environment) => {
    const counts = await killServer(await environment(), 6)
    printCounts(`kill, ${name}`, counts)
    expect(counts.lost).toBe(0)
    expect(counts.acknowledged).toBeGreaterThan(50)
  },
)
