import pg from 'pg'

/**
 * The name of the advisory lock on a database's place: "hadis" in ASCII. Whoever works with it shares it; a restore has
 * it alone.
 */
export const placeLock = 0x6861646973
const lookMs = 1_000

/** Whether somebody waits to have the place alone. A lock's number is kept in two halves. */
const isAwaited = `
select 1 from pg_locks
where locktype = 'advisory' and not granted and mode = 'ExclusiveLock'
  and database = (select oid from pg_database where datname = current_database())
  and classid = ($1::bigint >> 32)::oid and objid = ($1::bigint & 4294967295)::oid`

export type HeldPlace = {
  /** Resolves when a restore waits for the place, or when it was lost together with its connection. */
  untilRestore(): Promise<void>
  release(): Promise<void>
}

/**
 * Holds the place of a PostgreSQL database beside others, by a connection of its own; waits while a restore is at work.
 * Throws when the database does not answer.
 */
export async function holdPlace(url: string): Promise<HeldPlace> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
  })
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [placeLock])
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(resolve: () => void): Promise<void> {
    const waiting = await client.query(isAwaited, [placeLock]).catch(() => undefined)
    if (waiting?.rowCount === 0) timer = setTimeout(() => void look(resolve), lookMs).unref()
    else resolve()
  }

  return {
    untilRestore: () => Promise.race([lost, new Promise<void>((resolve) => void look(resolve))]),
    release: async () => {
      clearTimeout(timer)
      await client.end()
    },
  }
}
