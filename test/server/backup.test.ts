import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { backUpSqlite, restoreSqlite } from '../../src/server/store/backup.ts'
import { backUpPostgres, restorePostgres } from '../../src/server/store/backupPostgres.ts'
import { databaseName, decideRestore, newRestoringFile } from '../../src/server/store/folder.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, temporaryFolder } from '../support/server.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'

const postgres = usePostgres()

const common = { space: '*', account: null, dev: null, about: null, reason: '', detail: {} }

describe.each([
  {
    name: 'SQLite',
    newPlace: async () => temporaryFolder(),
    open: openTestStore,
    backUp: backUpSqlite,
    restore: (place: string, path: string, now: number) => restoreSqlite(place, path, { newEpoch: newId, now }),
    copy: (place: string, path: string) => copyFileSync(join(place, databaseName), path),
  },
  {
    name: 'PostgreSQL',
    newPlace: () => postgres.newDatabase(),
    open: openPostgresStore,
    backUp: backUpPostgres,
    restore: restorePostgres,
    copy: (place: string, path: string) => execFileSync('pg_dump', ['--format=custom', `--file=${path}`, place]),
  },
])('a backup of $name', ({ newPlace, open, backUp, restore, copy }) => {
  test('is in the history of the server, that works meanwhile, and so is a restore', async () => {
    const [place, other] = [await newPlace(), await newPlace()]
    const file = join(temporaryFolder(), 'hadir.backup')
    const store = await open(place)
    await store.createSpace(newId(), newId(), 1)
    await store.audit.note({ ...common, at: 6, kind: 'setUp' })
    expect(await backUp(place, file, 7)).toMatchObject({ ok: true })
    const linesOf = async (of: Store) => (await of.audit.read({ most: 9 })).map(({ kind, at }) => [kind, at])
    expect(await linesOf(store)).toEqual([
      ['backedUp', 7],
      ['setUp', 6],
    ])
    await store.close()
    expect(await restore(other, file, 8)).toMatchObject({ ok: true })
    const after = await open(other)
    const [line] = await after.audit.read({ most: 1 })
    expect(line).toMatchObject({ space: '*', account: null, dev: null, about: null, detail: { spaces: 1, ops: 0 } })
    await after.audit.note({ ...common, at: 9, kind: 'signedIn' })
    expect(await linesOf(after)).toEqual([
      ['signedIn', 9],
      ['restored', 8],
      ['setUp', 6],
    ])
    expect(await backUp(other, `${file}.2`, 10)).toMatchObject({ ok: true, value: { isHistoryWhole: true } })
    await after.close()
  })

  test('[S5] says through which number it holds each log, while the server works and after a restore', async () => {
    const [place, other] = [await newPlace(), await newPlace()]
    const file = join(temporaryFolder(), 'hadir.backup')
    const store = await open(place)
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    await store.append(space, makeBatch(device, space, makeOps(5)))
    expect(await store.findSpace(space)).toMatchObject({ head: 5, backedUpThrough: 0 })
    expect(await backUp(place, file, 1)).toMatchObject({ ok: true, value: { spaces: 1, ops: 5 } })
    await store.append(space, makeBatch(device, space, makeOps(2, 6)))
    const before = await store.findSpace(space)
    expect(before).toMatchObject({ head: 7, backedUpThrough: 5 })
    await store.close()

    expect((await restore(other, file, 1)).ok).toBe(true)
    const restored = await open(other)
    const after = await restored.findSpace(space)
    expect(after).toMatchObject({ head: 5, backedUpThrough: 5 })
    expect(after?.epoch).toMatch(/^[\w-]{22}$/)
    expect(after?.epoch).not.toBe(before?.epoch)
    await restored.close()
  })

  test('[S9] that a newer version made is refused, and the database stays as it is', async () => {
    const [place, other] = [await newPlace(), await newPlace()]
    const file = join(temporaryFolder(), 'hadir.backup')
    const newer = await open(other)
    await sql`insert into kysely_migration values ('9999-later', '2027')`.execute(newer.accounts.db)
    await newer.close()
    copy(other, file)
    const store = await open(place)
    const space = newId()
    await store.createSpace(space, newId(), 1)
    await store.close()
    const failure = { kind: 'newerDatabase', detail: '9999-later' }
    expect(await restore(place, file, 1)).toEqual({ ok: false, failure })
    const after = await open(place)
    expect(await after.listSpaces()).toEqual([space])
    await after.close()
  })

  test('[S7] is put in the place of a database once whoever works with it has closed it, and not before', async () => {
    const place = await newPlace()
    const file = join(temporaryFolder(), 'hadir.backup')
    const store = await open(place)
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    await store.append(space, makeBatch(device, space, makeOps(5)))
    await backUp(place, file, 1)
    let isRestored = false
    const asked = store.untilRestore()
    const restoring = restore(place, file, 2).finally(() => {
      isRestored = true
    })
    await asked
    await store.append(space, makeBatch(device, space, makeOps(7)))
    expect(await store.findSpace(space)).toMatchObject({ head: 7 })
    expect(isRestored).toBe(false)
    await store.close()
    const [again] = await Promise.all([open(place), restoring])
    expect(await again.findSpace(space)).toMatchObject({ head: 5 })
    await again.close()
  })
})

/** A store, and what backs it up into a folder. */
async function openBackedUp(name: string) {
  const isSqlite = name === 'SQLite'
  const place = isSqlite ? temporaryFolder() : await postgres.newDatabase()
  const store = isSqlite ? await openTestStore(place) : await openPostgresStore(place)
  const folder = temporaryFolder()
  const backUp = (file: string) => (isSqlite ? backUpSqlite : backUpPostgres)(place, join(folder, file), 1)
  return { isSqlite, store, folder, backUp }
}

test.each(['SQLite', 'PostgreSQL'])('a backup of %s tells whether the history was altered', async (name) => {
  const { isSqlite, store, backUp } = await openBackedUp(name)
  const reason = 'Ponsel \\ "hilang"\u2028di pasar'
  await store.audit.note(
    { ...common, at: 1, kind: 'deviceRevoked', reason, dev: 'D' },
    { ...common, at: 1, kind: 'deviceRenamed', dev: 'D', detail: { name: 'C:\\tmp "a"', b: 2 } },
  )
  expect(await backUp('whole')).toMatchObject({ ok: true, value: { isHistoryWhole: true } })
  const { db } = store.accounts
  const [drop, on] = isSqlite ? ['audit_update', ''] : ['audit_stays', 'on audit']
  await sql`drop trigger ${sql.raw(`${drop} ${on}`)}`.execute(db)
  await db.updateTable('audit').set({ detail: 'lain' }).where('seq', '=', 1).execute()
  expect(await backUp('altered')).toMatchObject({ ok: true, value: { isHistoryWhole: false } })
  await store.close()
})

test.each(['SQLite', 'PostgreSQL'])('a backup of %s with a gap or an altered op gets no name', async (name) => {
  const { isSqlite, store, folder, backUp } = await openBackedUp(name)
  const [space, device] = [newId(), makeDevice()]
  await store.createSpace(space, newId(), 1)
  await store.append(space, makeBatch(device, space, makeOps(5)))
  const { db } = store.accounts
  for (const trigger of isSqlite ? ['ops_update', 'ops_delete'] : ['ops_stays on ops'])
    await sql`drop trigger ${sql.raw(trigger)}`.execute(db)
  const third = db.updateTable('ops').where('space', '=', space).where('seq', '=', 3)
  /** What is updated is stored behind the others: the order of rows in the file says nothing. */
  await third.set({ received: 7 }).execute()
  expect(await backUp('whole')).toMatchObject({ ok: true, value: { ops: 5 } })
  await third.set({ wall: 7 }).execute()
  expect(await backUp('altered')).toMatchObject({ failure: { kind: 'damaged' } })
  await third.set({ wall: 1000 }).execute()
  expect(await backUp('put right')).toMatchObject({ ok: true })
  await db.deleteFrom('ops').where('space', '=', space).where('seq', '=', 3).execute()
  expect(await backUp('gap')).toMatchObject({ failure: { kind: 'damaged' } })
  expect(readdirSync(folder).filter((name) => !name.endsWith('.unfinished'))).toEqual(['put right', 'whole'])
  await store.close()
})

describe('[S7] a restore that crashed half way', () => {
  const folderNames = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('before-'))

  /** A data folder with a log of 7 and files of its last commits, a backup of 5, and the restore begun. */
  async function beginRestore() {
    const [place, file] = [temporaryFolder(), join(temporaryFolder(), 'hadir.backup')]
    const store = await openTestStore(place)
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    await store.append(space, makeBatch(device, space, makeOps(5)))
    await backUpSqlite(place, file, 1)
    await store.append(space, makeBatch(device, space, makeOps(7)))
    await store.close()
    writeFileSync(join(place, 'hadir.db-wal'), 'commits that are not in the database yet')
    const restoring = newRestoringFile(place)
    copyFileSync(file, restoring)
    return { place, space, restoring }
  }
  const headAt = async (place: string, space: string) => {
    const store = await openTestStore(place)
    const head = (await store.findSpace(space))?.head
    await store.close()
    return head
  }

  test('before it was decided leaves the old database', async () => {
    const { place, space } = await beginRestore()
    rmSync(join(place, 'hadir.db-wal'))
    expect(await headAt(place, space)).toBe(7)
    expect(folderNames(place)).toEqual([])
  })

  test.each([
    ['right after it was decided', []],
    ['after the old database was moved', ['hadir.db']],
    ['after its files were moved', ['hadir.db', 'hadir.db-wal']],
  ])('%s is finished at the next start, with all of the old set aside together', async (_, moved) => {
    const { place, space, restoring } = await beginRestore()
    decideRestore(place, restoring)
    const aside = join(place, 'before-2026-11-24T01-00-00.000Z')
    if (moved.length > 0) mkdirSync(aside)
    for (const name of moved) renameSync(join(place, name), join(aside, name))
    expect(await headAt(place, space)).toBe(5)
    expect(folderNames(place)).toHaveLength(1)
    const [kept = ''] = folderNames(place)
    expect(readdirSync(join(place, kept)).sort()).toEqual(['hadir.db', 'hadir.db-wal'])
    expect(await headAt(place, space)).toBe(5)
  })
})

test('[S7] a restore that PostgreSQL refuses half way leaves everything as it was, under its old epoch', async () => {
  const url = await postgres.newDatabase()
  const store = await openPostgresStore(url)
  const space = newId()
  await store.createSpace(space, 'E'.repeat(22), 1)
  const file = join(temporaryFolder(), 'hadir.backup')
  expect((await backUpPostgres(url, file, 1)).ok).toBe(true)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create view watcher as select * from grants')
  await store.close()
  expect(await restorePostgres(url, file, 1)).toMatchObject({ ok: false, failure: { kind: 'failed' } })
  const after = await openPostgresStore(url)
  expect((await after.findSpace(space))?.epoch).toBe('E'.repeat(22))
  await client.end()
  await after.close()
})

test('a PostgreSQL database without Hadir is neither backed up, nor altered, nor put in the place of one', async () => {
  const [foreign, place] = [await postgres.newDatabase(), await postgres.newDatabase()]
  const file = join(temporaryFolder(), 'hadir.backup')
  expect(await backUpPostgres(foreign, file, 1)).toMatchObject({ ok: false, failure: { kind: 'noHadir' } })
  expect(existsSync(file)).toBe(false)
  const client = new pg.Client({ connectionString: foreign })
  await client.connect()
  expect((await client.query("select 1 from pg_tables where schemaname = 'public'")).rowCount).toBe(0)
  await client.end()
  execFileSync('pg_dump', ['--format=custom', `--file=${file}`, foreign])
  const store = await openPostgresStore(place)
  expect(await restorePostgres(place, file, 1)).toMatchObject({ ok: false, failure: { kind: 'noHadir' } })
  await store.close()
})

test('a backup of PostgreSQL from before an update is brought up to date when it is opened', async () => {
  const url = await postgres.newDatabase()
  const file = join(temporaryFolder(), 'hadir.backup')
  const store = await openPostgresStore(url)
  const { db } = store.accounts
  const triggers = ['ops_stays on ops', 'ops_whole on ops', 'audit_whole on audit']
  for (const newer of ['table refusals', ...triggers.map((trigger) => `trigger ${trigger}`)])
    await sql`drop ${sql.raw(newer)}`.execute(db)
  await sql`delete from kysely_migration where name >= '0006'`.execute(db)
  await store.close()
  expect(await backUpPostgres(url, file, 1)).toMatchObject({ ok: true })
  await (await openPostgresStore(url)).close()
  expect(await restorePostgres(url, file, 1)).toMatchObject({ ok: true })
  const restored = await openPostgresStore(url)
  await restored.countRefusal('', 1)
  await restored.close()
})

test('PostgreSQL with which a newer version has worked is told so, and left to it', async () => {
  const url = await postgres.newDatabase()
  const store = await openPostgresStore(url)
  await sql`insert into kysely_migration values ('9999-later', '2027')`.execute(store.accounts.db)
  await store.close()
  for (const _ of ['once', 'again'])
    expect(await openPostgres(url)).toEqual({ ok: false, failure: { kind: 'newerDatabase', detail: '9999-later' } })
})

test('a role that may not make tables is told so', async () => {
  const url = await postgres.newDatabase()
  const role = `hadir_${newId().replaceAll('-', '').toLowerCase()}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('revoke create on schema public from public')
  await client.query(`create role ${role} login password 'uji'`)
  const own = new URL(url)
  Object.assign(own, { username: role, password: 'uji' })
  expect(await openPostgres(own.href)).toMatchObject({ ok: false, failure: { kind: 'mayNotCreate' } })
  await client.query(`drop role ${role}`)
  await client.end()
})
