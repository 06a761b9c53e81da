import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import {
  addressOf,
  browserOf,
  enrol,
  makeBatch,
  makeDevice,
  makeDist,
  makeOps,
  organizer,
  type ServerProcess,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'

const postgres = usePostgres()
const running: ServerProcess[] = []
/** A database with an organizer and a device, and a backup of it. */
let whole: URL
const backup = join(temporaryFolder(), 'backup')
let browser: ReturnType<typeof browserOf>
let address: string

async function run({ href }: URL): Promise<ServerProcess> {
  const folders = { HADIR_DIST: makeDist(), HADIR_DATA: temporaryFolder() }
  const started = startProcess({ ...folders, DATABASE_URL: href, LOG_LEVEL: 'error' })
  running.push(started)
  address = await addressOf(started).catch(() => '')
  return started
}

async function stop(): Promise<void> {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
}

async function runTool(command: 'backup' | 'restore', { href }: URL, file = backup) {
  const { output, ended } = startProcess({ DATABASE_URL: href }, [command, file], 'tools/backup.ts')
  return { code: await ended, said: output() }
}
const done = { code: 0, said: expect.stringContaining('done and read back') }

beforeAll(async () => {
  whole = new URL(await postgres.newDatabase())
  const store = await openPostgresStore(whole.href)
  const [space, device] = [newId(), makeDevice()]
  await store.createSpace(space, newId(), 1)
  await store.append(space, makeBatch(device, space, makeOps(5)))
  await store.close()
  const { output } = await run(whole)
  browser = browserOf((path, init) => fetch(`${address}${path}`, init))
  const token = /siapkan#(\S+)/.exec(output())?.[1] ?? ''
  await browser.post('/api/v1/setup', { token, ...organizer })
  await enrol(browser)
  await stop()
  await query(whole, "insert into ballots values ('space', 'form', 'nonce', 1, 'answers')")
  /** As PostgreSQL does by itself in time: from then on it reads a table that has become empty without any index. */
  await query(whole, 'vacuum analyze')
  expect(await runTool('backup', whole)).toEqual(done)
})
afterEach(stop)

async function query({ href }: URL, statement: string) {
  const client = new pg.Client(href)
  await client.connect()
  try {
    return (await client.query(statement)).rows[0]
  } finally {
    await client.end()
  }
}

/** What a disk does to the file of a table or an index, as a program of the database's machine. */
type Mishap = (path: string) => string
const overwrite = (path: string, from: number, count: number) =>
  `yes | head -c ${count} | dd of="${path}" bs=1 seek=${from} conv=notrunc`
const loseFirstPage: Mishap = (path) => overwrite(path, 0, 8192)
const loseFile: Mishap = (path) => `rm "${path}"`
const cut: Mishap = (path) => `truncate --size=0 "${path}"`
/** Behind the header of its first page an index says what it is: without that it is read, and found to be none. */
const loseMark: Mishap = (path) => overwrite(path, 24, 4)

let copies = 0
/** A copy of the database with a mishap. Nobody has read the copy before, so nothing of it is in memory. */
async function damaged(relation: string, mishap: Mishap): Promise<URL> {
  const [name, place] = [whole.pathname.slice(1), new URL(whole)]
  copies++
  place.pathname = 'postgres'
  await query(place, `create database ${name}_${copies} template ${name} strategy file_copy`)
  place.pathname = `${name}_${copies}`
  const path = `current_setting('data_directory') || '/' || pg_relation_filepath('"${relation}"')`
  const found = await query(place, `select ${path} as path`)
  /** What it is given has to be read, or PostgreSQL finds the pipe broken. */
  await query(place, `copy (select) to program 'cat > /dev/null; ${mishap(found.path)}'`)
  return place
}

const health = async () => (await browser.get('/api/v1/health')).json()
const timesTold = ({ output }: ServerProcess) => output().match(/DATABASE_URL is damaged .*npm run restore/g)?.length

test.each([
  ['secrets', loseFirstPage],
  ['kysely_migration', loseFirstPage],
  ['grants', loseFile],
  ['ops', cut],
  ['ops', loseFirstPage],
  ['kysely_migration', cut],
  ['spaces', cut],
  ['grants', cut],
  ['devices', cut],
  ['ballots', cut],
  ['user', cut],
  ['auditEnd', cut],
])('what is damaged where a start reads, as %s, is told in one line', async (table, mishap) => {
  const { output, ended } = await run(await damaged(table, mishap))
  expect(await ended).toBe(1)
  const lines = output().trim().split('\n')
  expect(lines).toEqual([expect.stringMatching(/DATABASE_URL is damaged \(.+\).*npm run restore/)])
})

test.each([
  ['devices', loseFirstPage],
  ['devices_pkey', loseMark],
])('what is damaged elsewhere, as %s, is told once, until a backup is put back', async (relation, mishap) => {
  const database = await damaged(relation, mishap)
  const server = await run(database)
  expect(await health()).not.toHaveProperty('damaged')
  for (let call = 0; call < 3; call++) {
    const answer = await browser.get('/api/v1/session')
    expect([answer.status, await answer.json()]).toEqual([500, { kind: 'serverError' }])
  }
  expect(await health()).toMatchObject({ app: 'hadir', damaged: true })
  await expect.poll(() => timesTold(server)).toBe(1)
  expect(await runTool('restore', database)).toEqual(done)
  await expect.poll(async () => (await browser.get('/api/v1/session')).status, { timeout: 20_000 }).toBe(200)
  expect(await health()).not.toHaveProperty('damaged')
})

test('what is damaged where only the server itself looks is told as well', async () => {
  const server = await run(await damaged('ballots', loseFirstPage))
  await expect.poll(health).toMatchObject({ damaged: true })
  await expect.poll(() => timesTold(server)).toBe(1)
})

test.each([
  ['devices', loseFirstPage],
  ['ops', cut],
  ['grants', cut],
])('a backup says so of damaged %s, and leaves the one before and what it covers', async (relation, mishap) => {
  const database = await damaged(relation, mishap)
  const covered = () => query(database, 'select max(backed) as backed, max(seq) as seq from spaces, audit')
  const [before, kept] = [await covered(), readFileSync(backup)]
  const { code, said } = await runTool('backup', database, `${backup}.later`)
  expect([code, said.trim()]).toEqual([
    1,
    expect.stringMatching(/^backup .+DATABASE_URL is damaged \(.+\).*npm run restore/),
  ])
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(readdirSync(dirname(backup))).toEqual(['backup'])
  expect(readFileSync(backup)).toEqual(kept)
  expect(await covered()).toEqual(before)
})
