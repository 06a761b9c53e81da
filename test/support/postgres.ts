import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findPostgres } from './machine.ts'

export type TestPostgres = { newDatabase(): Promise<string>; stop(): void }

/** Runs one of PostgreSQL's programs; it refuses root, so then as its own user. */
function run(program: string, args: string[]): void {
  const isRoot = process.getuid?.() === 0
  const [command, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', program, ...args] : [program, ...args]
  execFileSync(command ?? program, rest, { stdio: 'ignore', cwd: tmpdir() })
}

/** A cluster of its own in a temporary folder, on a socket only; or the server of `TEST_DATABASE_URL`. */
function startCluster(): { url: string; stop(): void } {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: () => undefined }
  const programs = findPostgres()
  if (!programs)
    throw new Error('No PostgreSQL: run `apt-get install postgresql`, or set TEST_DATABASE_URL to a server for tests.')
  const folder = mkdtempSync(join(tmpdir(), 'hadir-pg-'))
  if (process.getuid?.() === 0) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, id('-u'), id('-g'))
  }
  const data = join(folder, 'data')
  run(`${programs}/initdb`, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  run(`${programs}/pg_ctl`, [
    '-D',
    data,
    '-w',
    '-l',
    join(folder, 'log'),
    '-o',
    `-c listen_addresses='' -k ${folder}`,
    'start',
  ])
  return {
    url: `postgres://postgres@localhost/postgres?host=${folder}`,
    stop: () => {
      run(`${programs}/pg_ctl`, ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A real PostgreSQL for one test file; every test takes a database of its own. */
export function startPostgres(): TestPostgres {
  const { url, stop } = startCluster()
  return {
    newDatabase: async () => {
      const name = `hadir_${crypto.randomUUID().replaceAll('-', '')}`
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      const own = new URL(url)
      own.pathname = `/${name}`
      return own.href
    },
    stop,
  }
}
