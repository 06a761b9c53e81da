import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { databaseName } from '../../src/server/store/folder.ts'
import { migrationsOf } from '../../src/server/store/migrations/migrate.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import {
  addressOf,
  makeBatch,
  makeDevice,
  makeDist,
  makeOps,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'
import { openSqlite as openFormer } from '../sync/former/server.js'

/** A database as a person finds it who opens it with another program: any table, any column. */
type AnyTables = Record<string, Record<string, unknown>>
type Rows = Map<string, string[]>

const ownTable = 'kysely_migration'
let postgres: TestPostgres
/** The data folder of the former server, which was stopped. */
let formerFolder: string
let formerRows: Rows

const sqliteOf = (folder: string) =>
  new Kysely<AnyTables>({ dialect: new SqliteDialect({ database: new Sqlite(join(folder, databaseName)) }) })

const postgresOf = (url: string) =>
  new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) })

async function tablesOf(db: Kysely<AnyTables>): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name)
}

/** Numbers as text, as PostgreSQL gives large ones, and columns by name, so that rows of both databases compare. */
function describeRow(row: Record<string, unknown>): string {
  const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value))
  return JSON.stringify(
    Object.entries(row)
      .map(([name, value]) => [name, text(value)])
      .sort(),
  )
}

async function readRows(db: Kysely<AnyTables>, tables: Iterable<string>): Promise<Rows> {
  const rows: Rows = new Map()
  for (const table of tables)
    rows.set(table, (await db.selectFrom(table).selectAll().execute()).map(describeRow).sort())
  return rows
}

/** Ops of two devices in the log and parked, who they are and what they may. */
async function makeFormer(): Promise<string> {
  const folder = temporaryFolder()
  const opened = await openFormer(folder)
  if (!opened.ok) throw new Error(opened.failure.detail)
  const store = opened.value
  const space = newId()
  await store.createSpace(space, newId(), 1)
  for (const name of ['Ponsel A', 'Ponsel B']) {
    const device = makeDevice()
    const { dev, point } = device
    const credential = `credential of ${name}`
    await store.putDevice({ dev, point, credential, name, holder: 'Uji', account: null, enrolledAt: 1, seenAt: 1 })
    await store.putGrant({ space, subject: `device:${dev}`, role: 'facilitator', createdAt: 1, revokedAt: null })
    const { ops, ...batch } = makeBatch(device, space, makeOps(7))
    const verdicts = ops.map((op, place) => ({
      ...op,
      verdict: place < 5 ? ('commit' as const) : ('notAllowed' as const),
    }))
    await store.append(space, { ...batch, ops: verdicts })
  }
  await store.close()
  return folder
}

/** The same database on PostgreSQL: made by the migrations that the former server had, with its rows. */
async function makeFormerOnPostgres(): Promise<string> {
  const url = await postgres.newDatabase()
  const [from, db] = [sqliteOf(formerFolder), postgresOf(url)]
  const had = (await from.selectFrom(ownTable).select('name').execute()).map(({ name }) => String(name))
  const all = migrationsOf('postgres')
  const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => had.includes(name)))
  await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  for (const table of formerRows.keys()) {
    const rows = await from.selectFrom(table).selectAll().execute()
    await db.deleteFrom(table).execute()
    if (rows.length > 0) await db.insertInto(table).values(rows).execute()
  }
  await Promise.all([from.destroy(), db.destroy()])
  return url
}

beforeAll(async () => {
  postgres = startPostgres()
  process.env.HADIR_DIST = makeDist()
  formerFolder = await makeFormer()
  const db = sqliteOf(formerFolder)
  formerRows = await readRows(db, await tablesOf(db))
  await db.destroy()
})
afterAll(() => postgres.stop())

const preload = resolve(import.meta.dirname, '../support/dieAt.ts')

/** Starts a server that is killed at its `dieAt`-th write: whether it listens all the same, as it has fewer. It is stopped. */
async function isStarted(environment: Record<string, string>, dieAt?: number): Promise<boolean> {
  const dying = { NODE_OPTIONS: `--import=${preload}`, HADIR_DIE_AT: String(dieAt) }
  const server = startProcess({ LOG_LEVEL: 'error', ...environment, ...(dieAt && dying) })
  const address = await addressOf(server).catch(() => undefined)
  server.process.kill('SIGTERM')
  await server.ended
  if (!address && server.process.signalCode !== 'SIGKILL') throw new Error(`It ended by itself: ${server.output()}`)
  return address !== undefined
}

/** Kills a server at each of its writes in turn, over the same database, until one comes to its end; how many died. */
async function dieAtEach(environment: Record<string, string>, stride = 1): Promise<number> {
  for (let died = 0; ; died++) if (await isStarted(environment, 1 + died * stride)) return died
}

/** What the former server had is there, as it was and once, and every migration was done once. */
async function expectUpdated(db: Kysely<AnyTables>, type: 'sqlite' | 'postgres'): Promise<void> {
  const { [ownTable]: _, ...kept } = Object.fromEntries(formerRows)
  const after = await readRows(db, Object.keys(kept))
  for (const [table, rows] of Object.entries(kept)) {
    if (table === 'secrets' || table === 'audit' || table === 'auditEnd') continue
    expect([table, after.get(table)]).toEqual([table, rows])
  }
  const done = await db.selectFrom(ownTable).select('name').orderBy('name').execute()
  expect(done.map(({ name }) => name)).toEqual(Object.keys(migrationsOf(type)))
  await expect(db.updateTable('ops').set({ at: 1 }).execute()).rejects.toThrow('append-only')
  await db.destroy()
}

describe.each(['SQLite', 'PostgreSQL'])('a database of the former version on %s', (on) => {
  let environment: Record<string, string>
  beforeEach(async () => {
    const HADIR_DATA = temporaryFolder()
    environment = { HADIR_DATA, ...(on === 'PostgreSQL' && { DATABASE_URL: await makeFormerOnPostgres() }) }
    if (on === 'SQLite') cpSync(formerFolder, HADIR_DATA, { recursive: true })
  })
  const open = () =>
    on === 'SQLite' ? sqliteOf(environment.HADIR_DATA ?? '') : postgresOf(environment.DATABASE_URL ?? '')

  test('is brought up to date though the server is killed at each write of that', async () => {
    expect(formerRows.get('ops')).toHaveLength(10)
    expect(formerRows.get('parked')).toHaveLength(4)
    expect(await dieAtEach(environment)).toBeGreaterThan(8)
    await expectUpdated(open(), on === 'SQLite' ? 'sqlite' : 'postgres')
  }, 300_000)
})

test('several servers that start at once on a database of the former version bring it up to date once', async () => {
  const DATABASE_URL = await makeFormerOnPostgres()
  const environments = Array.from({ length: 3 }, () => ({ HADIR_DATA: temporaryFolder(), DATABASE_URL }))
  /** One of them dies while it is at it. */
  const [, ...others] = await Promise.all(
    environments.map((each, place) => isStarted(each, place === 0 ? 6 : undefined)),
  )
  expect(others).toEqual([true, true])
  await expectUpdated(postgresOf(DATABASE_URL), 'postgres')
}, 300_000)

test.each(['SQLite', 'PostgreSQL'])(
  'an empty database on %s is made though the server dies in between',
  async (on) => {
    const HADIR_DATA = temporaryFolder()
    const environment = { HADIR_DATA, ...(on === 'PostgreSQL' && { DATABASE_URL: await postgres.newDatabase() }) }
    expect(await dieAtEach(environment, 25)).toBeGreaterThan(1)
  },
  300_000,
)
