import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuditEntry, auditLink } from '../../src/core/audit.ts'
import { chainStart } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTestStore, temporaryFolder } from '../support/server.ts'

let postgres: TestPostgres
beforeAll(() => {
  postgres = startPostgres()
})
afterAll(() => postgres.stop())

/** Stores on one database, and a way around them to it. */
type Opened = { stores: Store[]; run(statement: string): Promise<unknown> }

async function openOnSqlite(): Promise<Opened> {
  const folder = temporaryFolder()
  const stores = [await openTestStore(folder)]
  const file = new Sqlite(join(folder, 'hadir.db'))
  return { stores, run: async (statement) => file.exec(statement) }
}

async function openOnPostgres(): Promise<Opened> {
  const url = await postgres.newDatabase()
  const stores: Store[] = []
  for (const _ of [1, 2]) {
    const opened = await openPostgres(url)
    if (!opened.ok) throw new Error(opened.failure.detail)
    stores.push(opened.value)
  }
  const run = async (statement: string) => {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return await client.query(statement)
    } finally {
      await client.end()
    }
  }
  return { stores, run }
}

const entry = (change: Partial<AuditEntry>): AuditEntry => ({
  at: 5,
  kind: 'signedIn',
  space: '*',
  account: null,
  dev: null,
  about: null,
  reason: '',
  detail: {},
  ...change,
})

describe.each([
  ['SQLite', openOnSqlite],
  ['PostgreSQL', openOnPostgres],
])('rights and their history on %s', (_, open) => {
  let opened: Opened
  let store: Store
  beforeAll(async () => {
    opened = await open()
    store = storeOf(0)
  })
  afterAll(() => Promise.all(opened.stores.map((each) => each.close())))
  function storeOf(index: number): Store {
    const found = opened.stores[index % opened.stores.length]
    if (!found) throw new Error('no store')
    return found
  }

  test('the history is one chain, also of several servers at once, and names what it concerns', async () => {
    const [space, dev] = [newId(), newId()]
    await store.audit.note(entry({ kind: 'invited', space, dev, detail: { role: 'viewer', b: 2 } }))
    await Promise.all([...Array(20).keys()].map((i) => storeOf(i).audit.note(entry({ at: i, space }))))
    await store.audit.note(entry({ about: `device:${dev}`, reason: 'Hilang' }), entry({ account: 'A' }))
    const rows = (await store.audit.read({ most: 100 })).reverse()
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, i) => i + 1))
    let link: Uint8Array = chainStart
    for (const row of rows) {
      link = auditLink(link, row.seq, row)
      expect(row.chain).toBe(Buffer.from(link).toString('base64url'))
    }
    expect(await store.audit.read({ space, most: 30 })).toHaveLength(21)
    expect((await store.audit.read({ about: `device:${dev}`, most: 9 })).map(({ reason }) => reason)).toEqual([
      'Hilang',
      '',
    ])
    expect(await store.audit.read({ about: 'account:A', most: 9 })).toHaveLength(1)
    const [newest, second] = await store.audit.read({ most: 2 })
    expect((await store.audit.read({ before: newest?.seq ?? 0, most: 1 }))[0]).toEqual(second)
  })

  test('nobody changes or takes out what the history holds', async () => {
    await store.audit.note(entry({ reason: 'tetap' }))
    const before = await store.audit.read({ most: 100 })
    await expect(opened.run("update audit set reason = 'lain'")).rejects.toThrow('append-only')
    await expect(opened.run('delete from audit')).rejects.toThrow('append-only')
    expect(await store.audit.read({ most: 100 })).toEqual(before)
  })

  test('tells after which entry somebody may do less', async () => {
    await store.audit.note(entry({ kind: 'grantEnded' }))
    const ended = await store.audit.lastEnding()
    await store.audit.note(entry({ kind: 'enrolled' }))
    expect(await store.audit.lastEnding()).toBe(ended)
    await storeOf(1).audit.note(entry({ kind: 'deviceRevoked' }))
    expect(await store.audit.lastEnding()).toBe(ended + 2)
  })

  test('a revocation of a device and what it said of itself outlast its enrolment', async () => {
    const dev = newId()
    const device = {
      dev,
      point: 'p',
      credential: dev,
      name: 'Ponsel',
      holder: 'Uji',
      account: null,
      enrolledAt: 1,
      seenAt: 1,
    }
    await store.putDevice(device)
    expect(await store.findDevice(dev)).toEqual({ ...device, revokedAt: null, unsent: null })
    await store.markUnsent(dev, 7)
    await store.revokeDevice(dev, 50)
    await store.revokeDevice(dev, 60)
    await store.putDevice({ ...device, seenAt: 70 })
    expect(await store.findDevice(dev)).toEqual({ ...device, seenAt: 70, revokedAt: 50, unsent: 7 })
  })
})
