import { sql, type Transaction } from 'kysely'
import type { Batch } from './store.ts'
import type { Tables } from './tables.ts'

/** What a space has of some devices already. */
export type Held = {
  /** Ops of the log by `nameOf`. */
  ops: Map<string, { link: string; seq: number; at: number }>
  /** Ops that are parked, by `nameOf` with their link. */
  parked: Set<string>
  /** By device, for those that are bounded. */
  sizes: Map<string, { ops: number; bytes: number }>
}

/** What an op is called in `Held`; several that claim one name may be parked, each with its own link. */
export function nameOf({ dev, n }: { dev: string; n: number }, link?: string): string {
  return link === undefined ? `${dev} ${n}` : `${dev} ${n} ${link}`
}

/** Reads all that appending these batches must know, with the same few statements for one and for a thousand. */
export async function readHeld(transaction: Transaction<Tables>, space: string, batches: Batch[]): Promise<Held> {
  const runs = batches.map(({ dev, ops }) => {
    const numbers = ops.map(({ op }) => op.n)
    return sql`(cast(${dev} as text), cast(${Math.min(...numbers)} as bigint), cast(${Math.max(...numbers)} as bigint))`
  })
  /** `cross join` keeps SQLite from reading the whole log instead of looking up each run. */
  const within = (table: 'ops' | 'parked') => sql`
    from runs cross join ${sql.table(table)} as held
    where held.space = ${space} and held.dev = runs.dev and held.n between runs.first and runs.last`
  const asked = sql`with runs(dev, first, last) as (values ${sql.join(runs)})`
  type Known = { dev: string; n: number; link: string; seq: number; at: number }
  const known = await sql<Known>`${asked} select held.dev, held.n, link, seq, at ${within('ops')}`.execute(transaction)
  const parked = await sql<
    Omit<Known, 'seq' | 'at'>
  >`${asked} select held.dev, held.n, link ${within('parked')}`.execute(transaction)
  return {
    ops: new Map(known.rows.map((row) => [nameOf(row), row])),
    parked: new Set(parked.rows.map((row) => nameOf(row, row.link))),
    sizes: await readSizes(transaction, space, batches),
  }
}

async function readSizes(transaction: Transaction<Tables>, space: string, batches: Batch[]): Promise<Held['sizes']> {
  const sizes: Held['sizes'] = new Map()
  const bounds = batches.flatMap(({ bound }) => bound ?? [])
  const inLog = bounds.filter(({ of }) => of === 'all').flatMap(({ devs }) => devs)
  const aside = bounds.flatMap(({ devs }) => devs)
  for (const [table, devs] of [
    ['ops', inLog],
    ['parked', aside],
  ] as const) {
    if (devs.length === 0) continue
    const rows = await transaction
      .selectFrom(table)
      .select((of) => [
        'dev',
        of.fn.countAll<number>().as('ops'),
        sql<number>`coalesce(sum(length(body)), 0)`.as('bytes'),
      ])
      .where('space', '=', space)
      .where('dev', 'in', [...new Set(devs)])
      .groupBy('dev')
      .execute()
    for (const { dev, ops, bytes } of rows) {
      const size = sizes.get(dev) ?? { ops: 0, bytes: 0 }
      sizes.set(dev, { ops: size.ops + ops, bytes: size.bytes + Number(bytes) })
    }
  }
  return sizes
}
