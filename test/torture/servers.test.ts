import { expect, test } from 'vitest'
import { usePostgres } from '../support/stores.ts'
import { withCleanup } from './cleanup.ts'
import { printCounts } from './counts.ts'
import { shareDatabase } from './servers.ts'
import { openSite } from './site.ts'

const postgres = usePostgres()

test('three servers that find an empty database at once all start', () =>
  withCleanup(async (atEnd) => {
    const DATABASE_URL = await postgres.newDatabase()
    const sites = await Promise.all(Array.from({ length: 3 }, () => openSite({ DATABASE_URL }, atEnd)))
    for (const site of sites) expect((await fetch(`${await site.address()}/api/v1/health`)).status).toBe(200)
  }))

test('[S6] sixteen writers on two servers, one added, one killed: a reader that follows misses nothing', async () => {
  const counts = await shareDatabase(await postgres.newDatabase(), 12)
  printCounts('servers', counts)
  expect(counts.lost).toBe(0)
  expect(counts.read).toBe(counts.acknowledged)
})
