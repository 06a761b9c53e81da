import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTestStore, temporaryFolder } from '../support/server.ts'

/** `npm run backup -- FILE` and `npm run restore -- FILE` as operators start them: how they end, and what they say. */
function runCommand(environment: Record<string, string>, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, ['tools/backup.ts', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? 1 : 0, said: `${out}${err}`.trim() }),
    )
  })
}

/** A folder of programs, in which only this one is. */
function folderWith(program: string, script: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, program), 0o755)
  return folder
}

describe('a backup or a restore that cannot be says in one line what to do', () => {
  const folder = temporaryFolder()
  const HADIR_DATA = join(folder, 'data')
  const DATABASE_URL = 'postgres://hadir:rahasia-sekali@127.0.0.1:1/hadir'
  mkdirSync(HADIR_DATA)
  const cases: [string, string[], Record<string, string>, RegExp][] = [
    ['an option', ['backup', '--help'], {}, /^npm run backup -- FILE$/],
    ['a wrong setting', ['backup', join(folder, 'a')], { PORT: 'eighty' }, /PORT: must be/],
    ['no database', ['backup', join(folder, 'a')], {}, /no database in .* Set HADIR_DATA/],
    ['no file', ['restore', join(folder, 'none', 'a')], {}, /no such file\. Correct its name/],
    ['another file', ['restore', 'package.json'], {}, /not a whole backup .* Take another/],
    ['no file for PostgreSQL', ['restore', join(folder, 'none')], { DATABASE_URL }, /no such file/],
    ['no programs of PostgreSQL', ['backup', join(folder, 'a')], { DATABASE_URL, PATH: '' }, /pg_dump .* Install/],
    ['no pg_restore', ['restore', 'package.json'], { DATABASE_URL, PATH: '' }, /pg_restore is missing\. Install/],
  ]
  test.each(cases)('%s', async (_, args, environment, message) => {
    const { code, said } = await runCommand({ HADIR_DATA, ...environment }, ...args)
    expect([code, said.split('\n').length]).toEqual([1, 1])
    expect(said).toMatch(message)
    expect(readdirSync(folder)).toEqual(['data'])
  })

  test('a folder that is not there', async () => {
    const place = temporaryFolder()
    await (await openTestStore(place)).close()
    const { code, said } = await runCommand({ HADIR_DATA: place }, 'backup', join(folder, 'none', 'a'))
    expect([code, said]).toEqual([1, expect.stringMatching(/unable to open database.* Correct that, and run it again/)])
  })

  test('the password of PostgreSQL is neither said nor an argument, which everybody on the machine can read', async () => {
    const PATH = folderWith('pg_dump', 'echo "$@ $PGPASSWORD" >&2; exit 1')
    const { code, said } = await runCommand({ HADIR_DATA, DATABASE_URL, PATH }, 'backup', join(folder, 'a'))
    expect([code, said]).toEqual([1, expect.stringMatching(/postgres:\/\/hadir@127\.0\.0\.1:1\/hadir rahasia-sekali/)])
    const refused = await runCommand({ HADIR_DATA, DATABASE_URL }, 'backup', join(folder, 'a'))
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('Connection refused')])
    expect(refused.said).not.toContain('rahasia')
  })
})
