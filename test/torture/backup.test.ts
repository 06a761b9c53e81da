import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../support/server.ts'
import { withCleanup } from './cleanup.ts'
import { openSite } from './site.ts'

const folder = temporaryFolder()
const environment = { HADIR_DATA: join(folder, 'data') }
const backup = join(folder, 'hadir.backup')

/** The exit code and what was said. */
function runTool(...args: string[]): { code: number | null; said: string } {
  const env = { PATH: process.env.PATH, ...environment }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/backup.ts', ...args], { env })
  return { code: status, said: `${stdout}${stderr}` }
}

beforeAll(() =>
  withCleanup(async (atEnd) => {
    await openSite(environment, atEnd, ['--demo'])
    expect(runTool('backup', backup)).toEqual({ code: 0, said: expect.stringContaining('spaces: 1, ops: 2') })
  }),
)

test('a backup never overwrites', () => {
  const before = readFileSync(backup)
  expect(runTool('backup', backup)).toEqual({ code: 1, said: expect.stringContaining('exists') })
  expect(readFileSync(backup).equals(before)).toBe(true)
})

test('a backup in which one byte of the log is wrong is not restored', () => {
  const damaged = join(folder, 'damaged')
  const bytes = readFileSync(backup)
  const at = bytes.indexOf('Sosialisasi')
  bytes.write('s', at)
  writeFileSync(damaged, bytes)
  expect(runTool('restore', damaged)).toEqual({ code: 1, said: expect.stringContaining('not a whole backup') })
})

test('what is no backup is not restored', () => {
  const other = join(folder, 'other')
  copyFileSync('package.json', other)
  expect(runTool('restore', other).code).toBe(1)
  expect(runTool('restore', join(folder, 'nothing')).code).toBe(1)
})

test('[S7] a restore gives the log a new epoch and sets the former database aside', () => {
  const epoch = () => {
    const file = new Sqlite(join(environment.HADIR_DATA, 'hadir.db'), { readonly: true })
    const held = file.prepare<[], string>('select epoch from spaces').pluck().get()
    file.close()
    return held
  }
  const before = epoch()
  expect(runTool('restore', backup).code).toBe(0)
  expect(epoch()).toMatch(/^[\w-]{22}$/)
  expect(epoch()).not.toBe(before)
  const aside = readdirSync(environment.HADIR_DATA).find((name) => name.startsWith('before-')) ?? ''
  expect(readdirSync(join(environment.HADIR_DATA, aside))).toContain('hadir.db')
})
