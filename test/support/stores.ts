import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { AuditEntry } from '../../src/core/audit.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Batch, Cursor, OpResult, Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { openTestStore, temporaryFolder } from './server.ts'

type OpenStore = () => Promise<Store>

/** PostgreSQL for as long as the tests of the file that asks. */
export function usePostgres(): Pick<TestPostgres, 'newDatabase'> {
  let postgres: TestPostgres | undefined
  beforeAll(() => {
    postgres = startPostgres()
  })
  afterAll(() => postgres?.stop())
  return {
    newDatabase: async () => {
      if (!postgres) throw new Error('PostgreSQL runs only while there are tests')
      return postgres.newDatabase()
    },
  }
}

/** One more server's store on a database of PostgreSQL. */
export async function openPostgresStore(url: string): Promise<Store> {
  const opened = await openPostgres(url)
  if (!opened.ok) throw new Error(opened.failure.detail)
  return opened.value
}

/** Both stores, for `describe.each`, each on a database of its own whenever it is opened. */
export function eachStore(): [string, OpenStore][] {
  const postgres = usePostgres()
  return [
    ['SQLite', openTestStore],
    ['PostgreSQL', async () => openPostgresStore(await postgres.newDatabase())],
  ]
}

/**
 * One database: a server's store, those of others (on SQLite there are none: the same again), and a way around them.
 */
export type SharedStore = {
  store: Store
  storeOf(server: number): Store
  /** Runs a statement as somebody does who has the database, but not the server. */
  run(statement: string): Promise<unknown>
}

/** Both databases with all that is shared on them, for `describe.each`; closed when the tests of the file are over. */
export function eachSharedStore(servers = 3): [string, () => Promise<SharedStore>][] {
  const postgres = usePostgres()
  const opened: { close(): unknown }[] = []
  afterAll(() => Promise.all(opened.map((each) => each.close())))

  function share(stores: Store[], run: SharedStore['run']): SharedStore {
    opened.push(...stores)
    const storeOf = (server: number) => {
      const found = stores[server % stores.length]
      if (!found) throw new Error('no store')
      return found
    }
    return { store: storeOf(0), storeOf, run }
  }

  async function openOnSqlite(): Promise<SharedStore> {
    const folder = temporaryFolder()
    const store = await openTestStore(folder)
    const file = new Sqlite(join(folder, 'hadir.db'))
    opened.push(file)
    return share([store], async (statement) => file.exec(statement))
  }

  async function openOnPostgres(): Promise<SharedStore> {
    const url = await postgres.newDatabase()
    const stores: Store[] = []
    while (stores.length < servers) stores.push(await openPostgresStore(url))
    return share(stores, async (statement) => {
      const client = new pg.Client(url)
      await client.connect()
      try {
        return await client.query(statement)
      } finally {
        await client.end()
      }
    })
  }

  return [
    ['SQLite', openOnSqlite],
    ['PostgreSQL', openOnPostgres],
  ]
}

/** An empty space that the server knows. */
export async function createTestSpace(store: Store): Promise<string> {
  const space = newId()
  await store.createSpace(space, newId(), 1)
  return space
}

/** An enrolled device. */
export async function enrolTestDevice(store: Store, dev = newId(), enrolledAt = 1): Promise<string> {
  const rest = { point: 'p', credential: dev, name: 'Ponsel', holder: 'Uji', account: null }
  await store.putDevice({ dev, ...rest, enrolledAt, seenAt: 1 })
  return dev
}

/** A line of the history of rights, with what a test says of it. */
export function historyEntry(change: Partial<AuditEntry>): AuditEntry {
  const nobody = { account: null, dev: null, about: null }
  return { at: 5, kind: 'signedIn', space: '*', ...nobody, reason: '', detail: {}, ...change }
}

/** What became of a batch that has room. */
export async function append(store: Store, space: string, batch: Batch): Promise<OpResult[]> {
  const results = await store.append(space, batch)
  if (results === 'full') throw new Error('full')
  return results
}

export const pageLimits = { maxOps: 100, maxBytes: 1_000_000 }

/** The ops behind a cursor; it is an error of the test's when the space or the cursor is unknown. */
export async function pageOf(store: Store, space: string, cursor?: Cursor, limits = pageLimits) {
  const page = await store.readPage(space, cursor, limits)
  if (page?.state !== 'page') throw new Error(`no page: ${page?.state}`)
  return page
}

/** How much a space holds: in its log, and kept aside. */
export async function headAndParked(store: Store, space: string) {
  return { head: (await store.findSpace(space))?.head, parked: await store.countParked(space) }
}
