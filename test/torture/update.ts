import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { newId } from '../../src/server/auth/keys.ts'
import { databaseName } from '../../src/server/store/folder.ts'
import { migrationsOf } from '../../src/server/store/migrations/migrate.ts'
import { addressOf, makeBatch, makeDevice, makeOps, startProcess, temporaryFolder } from '../support/server.ts'
import { openSqlite as openFormer } from '../sync/former/server.js'
import type { Counts } from './counts.ts'

/** A database as a person finds it who opens it with another program: any table, any column. */
type AnyTables = Record<string, Record<string, unknown>>
type Rows = Map<string, string[]>
export type DatabaseName = 'SQLite' | 'PostgreSQL'

export const ownTable = 'kysely_migration'
/** What a start adds lines to, beside the migrations. */
const growing = [ownTable, 'secrets', 'audit', 'auditEnd']

const sqliteOf = (folder: string) =>
  new Kysely<AnyTables>({ dialect: new SqliteDialect({ database: new Sqlite(join(folder, databaseName)) }) })

export const postgresOf = (url: string) =>
  new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) })

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

/** Ops of two devices in the log and parked, who they are and what they may, in the folder of a server that stopped. */
async function makeFormerFolder(): Promise<string> {
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

/** A copy for servers of now: their settings, and a way to look into it. */
type Copy = { environment: Record<string, string>; open(): Kysely<AnyTables> }

/** What the former server has left: its rows by table, and copies of them. */
export type Former = { rows: Rows; copy(on: DatabaseName): Promise<Copy> }

/** Runs the former server (test/sync/former) on SQLite. PostgreSQL's copies are made by the migrations that it had. */
export async function makeFormer(newDatabase: () => Promise<string>): Promise<Former> {
  const folder = await makeFormerFolder()
  const from = sqliteOf(folder)
  const rows = await readRows(
    from,
    (await from.introspection.getTables()).map(({ name }) => name),
  )
  const had = (await from.selectFrom(ownTable).select('name').execute()).map(({ name }) => String(name))
  await from.destroy()

  async function copyToPostgres(): Promise<string> {
    const url = await newDatabase()
    const [own, db] = [sqliteOf(folder), postgresOf(url)]
    const migrations = Object.fromEntries(
      Object.entries(migrationsOf('postgres')).filter(([name]) => had.includes(name)),
    )
    await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
    for (const table of rows.keys()) {
      const values = await own.selectFrom(table).selectAll().execute()
      await db.deleteFrom(table).execute()
      if (values.length > 0) await db.insertInto(table).values(values).execute()
    }
    await Promise.all([own.destroy(), db.destroy()])
    return url
  }

  return {
    rows,
    copy: async (on): Promise<Copy> => {
      const HADIR_DATA = temporaryFolder()
      if (on === 'SQLite') {
        cpSync(folder, HADIR_DATA, { recursive: true })
        return { environment: { HADIR_DATA }, open: () => sqliteOf(HADIR_DATA) }
      }
      const DATABASE_URL = await copyToPostgres()
      return { environment: { HADIR_DATA, DATABASE_URL }, open: () => postgresOf(DATABASE_URL) }
    },
  }
}

const preload = resolve(import.meta.dirname, '../support/dieAt.ts')

/** Starts a server that is killed at its `dieAt`-th write: whether it listens, as it has fewer. It is stopped then. */
export async function isStarted(environment: Record<string, string>, dieAt?: number): Promise<boolean> {
  const dying = { NODE_OPTIONS: `--import=${preload}`, HADIR_DIE_AT: String(dieAt) }
  const server = startProcess({ LOG_LEVEL: 'error', ...environment, ...(dieAt && dying) })
  const address = await addressOf(server).catch(() => undefined)
  server.process.kill('SIGTERM')
  await server.ended
  if (!address && server.process.signalCode !== 'SIGKILL') throw new Error(`It ended by itself: ${server.output()}`)
  return address !== undefined
}

/**
 * Kills a server at each `stride`-th of its writes, over the same database, until one comes to its end; how many died.
 */
export async function dieAtEach(environment: Record<string, string>, stride: number): Promise<number> {
  for (let died = 0; ; died++) if (await isStarted(environment, 1 + died * stride)) return died
}

/** The rows of the former server that are not there as they were, and those that only are there now. */
export async function findDifferences(db: Kysely<AnyTables>, { rows }: Former): Promise<string[]> {
  const tables = [...rows.keys()].filter((table) => !growing.includes(table))
  const after = await readRows(db, tables)
  return tables.flatMap((table) => {
    const [before, now] = [new Set(rows.get(table)), new Set(after.get(table))]
    return [...before.symmetricDifference(now)].map((row) => `${table}: ${row}`)
  })
}

/** Updates a database of the former version with servers that are killed at each write of that; counts its rows. */
export async function killUpdate(newDatabase: () => Promise<string>, on: DatabaseName): Promise<Counts> {
  const former = await makeFormer(newDatabase)
  const { environment, open } = await former.copy(on)
  const kills = await dieAtEach(environment, 1)
  const db = open()
  const lost = (await findDifferences(db, former)).length
  await db.destroy()
  return { kills, acknowledged: [...former.rows.values()].flat().length, lost }
}
