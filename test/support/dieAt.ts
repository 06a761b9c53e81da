/**
 * Loaded before a server (`node --import`): its process is killed right after the `HADIR_DIE_AT`-th statement that
 * writes was run or, on PostgreSQL, sent.
 */
import Sqlite from 'better-sqlite3'
import pg from 'pg'

let left = Number(process.env.HADIR_DIE_AT)
const writes = /^(with .*)?(begin|commit|create|alter|drop|insert|update|delete)\b/i

/** Calls of a method of a class are as before, but for the last one. */
function standBehind(prototype: object, name: string, textOf: (owner: object, given: unknown[]) => unknown): void {
  const real: unknown = Reflect.get(prototype, name)
  if (typeof real !== 'function') throw new TypeError(`There is no ${name}`)
  Reflect.set(prototype, name, function watched(this: object, ...given: unknown[]): unknown {
    const answer: unknown = Reflect.apply(real, this, given)
    if (!writes.test(String(textOf(this, given)))) return answer
    left--
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return answer
  })
}

const statement: object = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
for (const name of ['run', 'all']) standBehind(statement, name, (owner) => Reflect.get(owner, 'source'))
standBehind(pg.Client.prototype, 'query', (_, [first]) =>
  typeof first === 'string' ? first : Reflect.get(Object(first), 'text'),
)
