import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { fail, ok, type Result } from '../../core/result.ts'
import { createAudit } from './audit.ts'
import { createBallots } from './ballots.ts'
import { createCredentials } from './credentials.ts'
import { damageOf, LostRowsError, logEndsBefore } from './damage.ts'
import { checkEmptied } from './emptied.ts'
import { createFiles } from './files.ts'
import { createLog } from './log.ts'
import { migrate } from './migrations/migrate.ts'
import { createPeople } from './people.ts'
import { type HeldPlace, holdPlace } from './place.ts'
import { createQuarantine } from './quarantine.ts'
import { createQueue } from './queue.ts'
import { createRights } from './rights.ts'
import type { Store, StoreFailure } from './store.ts'
import type { AddRows, Database, Tables } from './tables.ts'

/** Serialization failure and deadlock: the same work again succeeds. */
const retryable = ['40001', '40P01']
const attempts = 8
const insufficientPrivilege = '42501'
const bigintType = 20
const broken = 'brokenPostgres'
/** The name of our advisory lock: "hadir" in ASCII. */
const aloneLock = 0x6861646972

function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && retryable.includes(error.code ?? '')
}

const typeOf = (value: unknown) => (typeof value === 'number' ? 'bigint' : typeof value === 'string' ? 'text' : 'bytea')

/**
 * Reads where each log ends. A table's file that was cut off is a shorter table to PostgreSQL, whose indexes go on naming
 * the rows that are gone: what was appended then would be found in their place. Throws where one ends before its head, or
 * where it is not known where the server's own history ends, which has one row and no key.
 */
async function checkEnds(db: Kysely<Tables>): Promise<void> {
  const cut = await db
    .selectFrom('spaces')
    .leftJoin('ops', (join) => join.onRef('ops.space', '=', 'spaces.space').onRef('ops.seq', '=', 'spaces.head'))
    .select(['spaces.space', 'spaces.head'])
    .where('spaces.head', '>', 0)
    .where((of) => of.or([of('ops.chain', 'is', null), of('ops.chain', '!=', of.ref('spaces.chain'))]))
    .limit(1)
    .executeTakeFirst()
  if (cut) throw logEndsBefore(broken, cut.space, cut.head)
  if (!(await db.selectFrom('auditEnd').select('seq').executeTakeFirst()))
    throw new LostRowsError(broken, 'the end of the history is not there')
}

/** One statement with an array for each column. */
const addRows: AddRows = async (transaction, table, rows) => {
  const [first] = rows
  if (!first) return
  const columns = Object.entries(first).map(([name, value]) => ({ name: sql.ref(name), type: sql.raw(typeOf(value)) }))
  const valuesOf = rows.map((row) => Object.values(row))
  const arrays = columns.map(({ type }, i) => sql`${valuesOf.map((values) => values[i])}::${type}[]`)
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => name))})
    select * from unnest(${sql.join(arrays)}) ${sql.raw(table === 'seals' ? 'on conflict do nothing' : '')}`.execute(
    transaction,
  )
}

/** PostgreSQL 13 or newer, for any number of servers. Numbers of ours fit a double, so bigint is read as one. */
export async function openPostgres(url: string): Promise<Result<Store, StoreFailure>> {
  let place: HeldPlace
  try {
    place = await holdPlace(url)
  } catch (error) {
    return fail(damageOf(error) ?? { kind: 'unreachable', detail: error instanceof Error ? error.message : '' })
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (type, format) =>
        type === bigintType ? (text: string) => Number(text) : pg.types.getTypeParser(type, format),
    },
  })
  /** An idle connection that breaks is replaced by the pool; the next query tells what is wrong. */
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  /** Of this server only one waits for the lock: each who does keeps a connection, and whoever has it needs others. */
  const inTurn = createQueue()
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(() =>
      db.transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${aloneLock})`.execute(transaction)
        return work()
      }),
    )
  async function close(): Promise<void> {
    await db.destroy()
    await place.release()
  }
  try {
    const migrated = await alone(async () => {
      await checkEmptied(url)
      return migrate(db, 'postgres')
    })
    if (!migrated.ok) {
      await close()
      return migrated
    }
    await checkEnds(db)
  } catch (error) {
    await close()
    const damage = damageOf(error)
    if (damage) return fail(damage)
    if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) throw error
    return fail({ kind: 'mayNotCreate', detail: error.message })
  }

  async function atomically<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction().execute(work)
      } catch (error) {
        if (attempt === attempts || !isRetryable(error)) throw error
        await wait(Math.random() * 10 * 2 ** attempt)
      }
    }
  }

  const database: Database = { db, atomically, addRows, broken }
  return ok({
    ...createLog(database),
    ...createPeople(database),
    ...createCredentials(database),
    ...createBallots(database),
    ...createRights(database),
    ...createQuarantine(database),
    ...createFiles(database),
    audit: createAudit(database),
    alone,
    accounts: { db, type: 'postgres' },
    untilRestore: place.untilRestore,
    close,
  })
}
