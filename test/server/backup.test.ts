import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { backUpSqlite, restoreSqlite } from '../../src/server/store/backup.ts'
import { backUpPostgres, restorePostgres } from '../../src/server/store/backupPostgres.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, temporaryFolder } from '../support/server.ts'

let postgres: TestPostgres
beforeAll(() => {
  postgres = startPostgres()
})
afterAll(() => postgres.stop())

async function openAt(url: string): Promise<Store> {
  const opened = await openPostgres(url)
  if (!opened.ok) throw new Error(opened.failure.kind)
  return opened.value
}

describe.each([
  {
    name: 'SQLite',
    newPlace: async () => temporaryFolder(),
    open: openTestStore,
    backUp: async (place: string, path: string) => backUpSqlite(place, path),
    restore: (place: string, path: string) => restoreSqlite(place, path, newId),
  },
  {
    name: 'PostgreSQL',
    newPlace: () => postgres.newDatabase(),
    open: openAt,
    backUp: backUpPostgres,
    restore: restorePostgres,
  },
])('a backup of $name', ({ newPlace, open, backUp, restore }) => {
  test('[S5] says through which number it holds each log, while the server works and after a restore', async () => {
    const [place, other] = [await newPlace(), await newPlace()]
    const file = join(temporaryFolder(), 'hadir.backup')
    const store = await open(place)
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    await store.append(space, makeBatch(device, space, makeOps(5)))
    expect(await store.findSpace(space)).toMatchObject({ head: 5, backedUpThrough: 0 })
    expect(await backUp(place, file)).toMatchObject({ ok: true, value: { spaces: 1, ops: 5 } })
    await store.append(space, makeBatch(device, space, makeOps(2, 6)))
    const before = await store.findSpace(space)
    expect(before).toMatchObject({ head: 7, backedUpThrough: 5 })
    await store.close()

    expect((await restore(other, file)).ok).toBe(true)
    const restored = await open(other)
    const after = await restored.findSpace(space)
    expect(after).toMatchObject({ head: 5, backedUpThrough: 5 })
    expect(after?.epoch).toMatch(/^[\w-]{22}$/)
    expect(after?.epoch).not.toBe(before?.epoch)
    await restored.close()
  })
})

test('[S7] a restore that PostgreSQL refuses half way leaves everything as it was, under its old epoch', async () => {
  const url = await postgres.newDatabase()
  const store = await openAt(url)
  const space = newId()
  await store.createSpace(space, 'E'.repeat(22), 1)
  const file = join(temporaryFolder(), 'hadir.backup')
  expect((await backUpPostgres(url, file)).ok).toBe(true)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create view watcher as select * from grants')
  expect(await restorePostgres(url, file)).toMatchObject({ ok: false, failure: { kind: 'failed' } })
  expect((await store.findSpace(space))?.epoch).toBe('E'.repeat(22))
  await client.end()
  await store.close()
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
