import type { CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * A query that is built once, for what is asked at every call: building it takes Kysely longer than SQLite takes to
 * answer it. It was built with stand-ins; each call gives the real values, in the order of the query's text.
 */
export function keepCompiled<Row>(db: Kysely<Tables>, query: { compile(): CompiledQuery<Row> }) {
  const compiled = query.compile()
  return async (...parameters: string[]): Promise<Row[]> => {
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters })
    return rows
  }
}
