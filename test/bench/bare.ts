import Sqlite from 'better-sqlite3'

/** A log without rules: one table, one transaction, one statement of many rows at a time. */
export function openBareLog(path: string) {
  const file = new Sqlite(path)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec(
    'create table log (v integer, dev text, n integer, wall integer, at integer, body blob, primary key (dev, n))',
  )
  const rowsAtOnce = 1_000
  let held = ''
  return {
    put: (text: string): void => {
      const rows: unknown[][] = JSON.parse(text)
      file.exec('begin; delete from log')
      for (let i = 0; i < rows.length; i += rowsAtOnce) {
        const some = rows.slice(i, i + rowsAtOnce)
        file.prepare(`insert into log values ${some.map(() => '(?, ?, ?, ?, ?, ?)').join()}`).run(some.flat())
      }
      file.exec('commit')
      held = text
    },
    get: () => held,
  }
}
