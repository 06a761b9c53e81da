import Sqlite from 'better-sqlite3'

/** A statement that is about to run on one of this process's databases. */
export type Statement = { text: string; database: Sqlite.Database }

/**
 * Stands around every statement, between the real store and SQLite; may leave it out, or throw as a process that dies.
 */
export type AroundStatement = <T>(statement: Statement, run: () => T, leaveOut: () => T) => T

let around: AroundStatement = (_, run) => run()

/** One world at a time has a server. */
export function standAroundStatements(next: AroundStatement): void {
  around = next
}

const prototype: object = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
const nothing = { run: { changes: 0, lastInsertRowid: 0 }, all: [] }

for (const [name, none] of Object.entries(nothing)) {
  const real: unknown = Reflect.get(prototype, name)
  if (typeof real !== 'function') throw new TypeError(`better-sqlite3 has no ${name}`)
  function watched(this: Sqlite.Statement, ...values: unknown[]): unknown {
    const run = (): unknown => Reflect.apply(Object(real), this, values)
    return around({ text: this.source, database: this.database }, run, () => none)
  }
  Reflect.set(prototype, name, watched)
}
