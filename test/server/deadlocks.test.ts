import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/server/store/store.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'

const postgres = usePostgres()
let store: Store
/** Another server's connection, and one that watches both. */
let other: pg.Client
let watcher: pg.Client

beforeAll(async () => {
  const url = await postgres.newDatabase()
  store = await openPostgresStore(url)
  other = new pg.Client(url)
  watcher = new pg.Client(url)
  await Promise.all([other.connect(), watcher.connect()])
})
afterAll(() => Promise.all([store.close(), other.end(), watcher.end()]))

const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

async function keepDevices(): Promise<void> {
  for (const dev of ['a', 'b']) {
    const rest = { point: 'p', credential: dev, name: 'Ponsel', holder: 'Uji', account: null }
    await store.putDevice({ dev, ...rest, enrolledAt: 1, seenAt: 1 })
  }
}

async function keepTries(): Promise<void> {
  for (const key of ['a', 'b']) await store.putTries(key, { wrong: 1, at: 1 }, undefined)
}

test.each([
  {
    what: 'that many devices were seen',
    before: keepDevices,
    work: () => Promise.all(['a', 'b'].map((dev) => store.markSeen(dev, 9))),
    take: (row: string) => `update devices set name = name where dev = '${row}'`,
    after: async () => expect((await store.findDevice('b'))?.seenAt).toBe(9),
  },
  {
    what: 'that old tries are forgotten',
    before: keepTries,
    work: () => store.dropTriesBefore(5),
    take: (row: string) => `update tries set wrong = wrong where key = '${row}'`,
    after: async () => expect(await store.findTries('b')).toBeUndefined(),
  },
])('$what is kept too when another server takes the same rows the other way round', async (given) => {
  await given.before()
  await other.query('begin')
  await other.query(given.take('b'))
  const work = given.work()
  await expect.poll(async () => (await watcher.query(waiting)).rowCount).toBe(1)
  /** Who has waited longer finds the deadlock, and gives way. */
  await other.query(given.take('a'))
  await other.query('commit')
  await work
  await given.after()
})
