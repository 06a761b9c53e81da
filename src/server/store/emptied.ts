import pg from 'pg'

/** Of each table whose file is empty, or gone, a statement that reads the first row which the index of its key names. */
const listReadings = `
select format('select * from %I order by %I limit 1', class.relname, attname) as reading
from pg_class class
  join pg_index on indrelid = class.oid and indisprimary
  join pg_attribute on attrelid = class.oid and attnum = indkey[0]
where class.relkind = 'r' and class.relnamespace = current_schema()::text::regnamespace
  and pg_relation_size(class.oid) = 0 and has_table_privilege(class.oid, 'select')`

/**
 * Tells a table that became empty by its file being cut to nothing from one that is: PostgreSQL empties an index before
 * the file. It says nothing of the former as long as it reads it without an index, as it does with what is small.
 * Throws PostgreSQL's own error of an index that names a row where there is no page.
 */
export async function checkEmptied(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  /** A server that ends meanwhile is told of by the query. */
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('set enable_seqscan = off')
    const { rows } = await client.query<{ reading: string }>(listReadings)
    for (const { reading } of rows) await client.query(reading)
  } finally {
    await client.end()
  }
}
