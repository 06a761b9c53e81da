import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { databaseName } from '../../src/server/store/folder.ts'
import {
  addressOf,
  browserOf,
  enrol,
  makeBatch,
  makeDevice,
  makeDist,
  makeOps,
  openTestStore,
  organizer,
  type ServerProcess,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'

const running: ServerProcess[] = []
let HADIR_DATA: string
let browser: ReturnType<typeof browserOf>
let address: string

function run(): ServerProcess {
  const started = startProcess({ HADIR_DIST: makeDist(), HADIR_DATA, LOG_LEVEL: 'error' })
  running.push(started)
  return started
}

async function stop(): Promise<void> {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
}

beforeEach(async () => {
  HADIR_DATA = temporaryFolder()
  const server = run()
  address = await addressOf(server)
  browser = browserOf((path, init) => fetch(`${address}${path}`, init))
  const token = /siapkan#(\S+)/.exec(server.output())?.[1] ?? ''
  await browser.post('/api/v1/setup', { token, ...organizer })
  await enrol(browser)
  await stop()
})
afterEach(stop)

/** The disk has lost the first page of a table and of each of its indexes. */
function damage(table: string): void {
  const path = join(HADIR_DATA, databaseName)
  const file = new Sqlite(path)
  file.pragma('wal_checkpoint(TRUNCATE)')
  const size = Number(file.pragma('page_size', { simple: true }))
  const roots = file
    .prepare('select rootpage from sqlite_master where tbl_name = ? and rootpage > 0')
    .pluck()
    .all(table)
  file.close()
  const opened = openSync(path, 'r+')
  for (const root of roots) writeSync(opened, Buffer.alloc(size), 0, size, (Number(root) - 1) * size)
  closeSync(opened)
}

test.each(['secrets', 'grants'])('what is damaged where a start reads, as %s, is told in one line', async (table) => {
  damage(table)
  const { output, ended } = run()
  expect(await ended).toBe(1)
  const lines = output().trim().split('\n')
  expect(lines).toEqual([expect.stringMatching(/damaged .*malformed.*npm run restore/)])
})

test('a server that has lost its organizers, and was set up, gives nobody a link to become one', async () => {
  const file = new Sqlite(join(HADIR_DATA, databaseName))
  file.exec('delete from grants')
  file.close()
  const { output, ended } = run()
  expect(await ended).toBe(1)
  expect(output().trim().split('\n')).toEqual([expect.stringMatching(/damaged .*organizer.*npm run restore/)])
})

test('what is damaged elsewhere is told once, in the log and in health, and the rest goes on', async () => {
  damage('devices')
  const server = run()
  address = await addressOf(server)
  const health = async () => (await browser.get('/api/v1/health')).json()
  expect(await health()).not.toHaveProperty('damaged')
  for (let call = 0; call < 3; call++) {
    const answer = await browser.get('/api/v1/session')
    expect([answer.status, await answer.json()]).toEqual([500, { kind: 'serverError' }])
  }
  expect(server.output().match(/damaged .*npm run restore/g)).toHaveLength(1)
  expect(await health()).toMatchObject({ app: 'hadir', damaged: true })
  const { email, password } = organizer
  expect(
    (await browserOf((path, init) => fetch(`${address}${path}`, init)).post('/api/v1/sign-in', { email, password }))
      .status,
  ).toBe(200)
})

test('what is damaged where only the server itself looks is told as well', async () => {
  damage('ballots')
  const server = run()
  address = await addressOf(server)
  const health = async () => (await browser.get('/api/v1/health')).json()
  await expect.poll(health).toMatchObject({ damaged: true })
  expect(server.output().match(/damaged .*npm run restore/g)).toHaveLength(1)
})

const alterations: [string, (file: Sqlite.Database) => void][] = [
  ['a page that cannot be read', () => damage('ops')],
  ['another value in an op', (file) => file.exec('drop trigger ops_update; update ops set wall = 7')],
]
test.each(alterations)('%s is told by a backup, which keeps no copy', async (_, alter) => {
  const store = await openTestStore(HADIR_DATA)
  const space = newId()
  await store.createSpace(space, newId(), 1)
  await store.append(space, makeBatch(makeDevice(), space, makeOps(3)))
  await store.close()
  const file = new Sqlite(join(HADIR_DATA, databaseName))
  alter(file)
  file.close()
  const [folder, environment] = [temporaryFolder(), { HADIR_DATA }]
  const { output, ended } = startProcess(environment, ['backup', join(folder, 'copy')], 'tools/backup.ts')
  expect(await ended).toBe(1)
  expect(output()).toMatch(/database .* damaged .*npm run restore/)
  expect(readdirSync(folder)).not.toContain('copy')
})
