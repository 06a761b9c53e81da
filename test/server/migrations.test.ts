import type { Kysely } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { migrationsOf } from '../../src/server/store/migrations/migrate.ts'
import { makeDist, temporaryFolder } from '../support/server.ts'
import { usePostgres } from '../support/stores.ts'
import { dieAtEach, type Former, findDifferences, isStarted, makeFormer, ownTable } from '../torture/update.ts'

const postgres = usePostgres()
let former: Former

beforeAll(async () => {
  process.env.HADIR_DIST = makeDist()
  former = await makeFormer(postgres.newDatabase)
})

/** What the former server had is there, as it was and once, and every migration was done once. */
async function expectUpdated(db: Kysely<Record<string, Record<string, unknown>>>): Promise<void> {
  expect(await findDifferences(db, former)).toEqual([])
  const done = await db.selectFrom(ownTable).select('name').orderBy('name').execute()
  expect(done.map(({ name }) => name)).toEqual(Object.keys(migrationsOf('sqlite')))
  await expect(db.updateTable('ops').set({ at: 1 }).execute()).rejects.toThrow('append-only')
  await db.destroy()
}

/** Every fourth write here; `npm run torture -- --part update` tries each of them. */
test.each(['SQLite', 'PostgreSQL'] as const)(
  'a database of the former version on %s is brought up to date though servers are killed at writes of that',
  async (on) => {
    expect(former.rows.get('ops')).toHaveLength(10)
    expect(former.rows.get('parked')).toHaveLength(4)
    const { environment, open } = await former.copy(on)
    expect(await dieAtEach(environment, 4)).toBeGreaterThan(2)
    await expectUpdated(open())
  },
  300_000,
)

test('several servers that start at once on a database of the former version bring it up to date once', async () => {
  const { environment, open } = await former.copy('PostgreSQL')
  const environments = Array.from({ length: 3 }, () => ({ ...environment, HADIR_DATA: temporaryFolder() }))
  /** One of them dies while it is at it. */
  const [, ...others] = await Promise.all(
    environments.map((each, place) => isStarted(each, place === 0 ? 6 : undefined)),
  )
  expect(others).toEqual([true, true])
  await expectUpdated(open())
}, 300_000)

test.each(['SQLite', 'PostgreSQL'])(
  'an empty database on %s is made though the server dies in between',
  async (on) => {
    const HADIR_DATA = temporaryFolder()
    const environment = { HADIR_DATA, ...(on === 'PostgreSQL' && { DATABASE_URL: await postgres.newDatabase() }) }
    expect(await dieAtEach(environment, 50)).toBeGreaterThan(1)
  },
  300_000,
)
