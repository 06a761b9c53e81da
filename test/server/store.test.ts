import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainStart, logLink } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { damageOf } from '../../src/server/store/damage.ts'
import type { Cursor, Store } from '../../src/server/store/store.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, temporaryFolder } from '../support/server.ts'
import { append, createTestSpace, eachSharedStore, pageLimits, pageOf, type SharedStore } from '../support/stores.ts'

describe.each(eachSharedStore())('the log on %s', (name, open) => {
  let store: Store
  let storeOf: SharedStore['storeOf']
  let run: SharedStore['run']
  beforeAll(async () => {
    ;({ store, storeOf, run } = await open())
  })

  test('numbers a batch from 1, lowers times to the time received, and chains what it numbered', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, [...makeOps(1, 1, 1000), ...makeOps(1, 2, 9000)], 5000)
    expect(await store.append(space, batch)).toEqual([
      { state: 'committed', n: 1, seq: 1, at: 1000 },
      { state: 'committed', n: 2, seq: 2, at: 5000 },
    ])
    const page = await pageOf(store, space)
    expect(page.ops.map(({ body }) => body)).toEqual(batch.ops.map(({ op }) => op.body))
    let chain: Uint8Array = chainStart
    for (const op of page.ops) chain = logLink(chain, op.seq, { ...op, space })
    expect(page.chain).toBe(Buffer.from(chain).toString('base64url'))
  })

  test('[S3] the same batch again is answered as the first time and changes nothing', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(5))
    const first = await store.append(space, batch)
    expect(await store.append(space, { ...batch, receivedAt: 10 })).toEqual(first)
    expect((await pageOf(store, space)).head).toBe(5)
  })

  test('[S3] a batch that arrives twice at once is committed once', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(5))
    const [one, two] = await Promise.all([storeOf(1).append(space, batch), storeOf(2).append(space, batch)])
    expect(two).toEqual(one)
    expect((await pageOf(store, space)).head).toBe(5)
  })

  test('[S4] a body of any bytes is kept, and one that a database cannot hold as text blocks nobody', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const body = 'nul \u0000, emoji 😀, lone \ud800'
    await store.append(space, makeBatch(device, space, [[1, 1, 1, body]]))
    expect((await pageOf(store, space)).ops[0]?.body).toBe(body.replace('\ud800', '\ufffd'))
  })

  test('keeps nothing of a batch beyond its bound, and answers what it holds already as before', async () => {
    const [space, device, other] = [await createTestSpace(store), makeDevice(), makeDevice()]
    const bound = { of: 'all' as const, devs: [device.dev, other.dev], ops: 3, bytes: 10_000 }
    const first = { ...makeBatch(device, space, makeOps(2)), bound }
    const results = await append(store, space, first)
    const aside = makeBatch(other, space, makeOps(1))
    const parked = { ...aside, bound, ops: aside.ops.map((op) => ({ ...op, verdict: 'notAllowed' as const })) }
    expect(await append(store, space, parked)).toMatchObject([{ state: 'parked' }])
    const one = { ...makeBatch(other, space, makeOps(1, 2)), bound }
    expect(await Promise.all([one, { ...one }].map((batch) => store.append(space, batch)))).toEqual(['full', 'full'])
    expect(await store.append(space, first)).toEqual(results)
    expect(await append(store, space, parked)).toMatchObject([{ state: 'parked' }])
    expect(await store.append(space, { ...one, bound: { ...bound, ops: 4, bytes: 100 } })).toBe('full')
    const atOnce = [one, makeBatch(device, space, makeOps(1, 3))].map((batch) => ({
      ...batch,
      bound: { ...bound, ops: 4 },
    }))
    const met = await Promise.all(atOnce.map((batch) => storeOf(0).append(space, batch)))
    expect(met).toMatchObject([[{ state: 'committed' }], 'full'])
    expect([(await pageOf(store, space)).head, await store.countParked(space)]).toEqual([3, 1])
  })

  test('[S6] pages are gapless and bounded by ops and by bytes, with at least one op', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(10)))
    const seen: number[] = []
    let cursor: Cursor | undefined
    for (const limit of [{ maxOps: 3, maxBytes: 9999 }, { maxOps: 9, maxBytes: 1 }, pageLimits]) {
      const page = await pageOf(store, space, cursor, limit)
      seen.push(...page.ops.map(({ seq }) => seq))
      cursor = { epoch: page.epoch, seq: seen.length, chain: page.chain }
      if (limit.maxBytes === 1) expect(page.ops).toHaveLength(1)
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect((await pageOf(store, space, cursor)).ops).toEqual([])
  })

  test('[S7] a cursor of another epoch, beyond the head or with another chain has diverged', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(2)))
    const { epoch, chain } = await pageOf(store, space)
    const unknown = [
      { epoch: newId(), seq: 2, chain },
      { epoch, seq: 3, chain },
      { epoch, seq: 1, chain },
      { epoch, seq: 0, chain },
    ]
    for (const cursor of unknown) expect((await store.readPage(space, cursor, pageLimits))?.state).toBe('diverged')
  })

  test('[S7] a lost part comes back under its old numbers, once, and its author’s push is known', async () => {
    const [whole, restored, device] = [await createTestSpace(store), await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, whole, [...makeOps(3), [4, 4, 4, 'damaged']])
    const results = await store.append(whole, batch)
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    for (const _ of [1, 2]) await store.recover(restored, lost, 9000)
    const page = await pageOf(store, restored)
    expect([page.head, page.chain]).toEqual([4, (await pageOf(store, whole)).chain])
    expect(await store.append(restored, batch)).toEqual(results)
    const other = makeBatch(device, restored, makeOps(1))
    expect((await append(store, restored, other)).map(({ state }) => state)).toEqual(['forked'])
    expect((await pageOf(store, restored)).head).toBe(4)
  })

  test('[S7] [S8] a lost op whose name was taken after the restore comes back beside the other, once', async () => {
    const [whole, restored, device] = [await createTestSpace(store), await createTestSpace(store), makeDevice()]
    await store.append(whole, makeBatch(device, whole, makeOps(1)))
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    const taken = makeBatch(device, restored, makeOps(1))
    await store.append(restored, taken)
    for (const _ of [1, 2]) await store.recover(restored, lost, 9000)
    const bodies = (await pageOf(store, restored)).ops.map(({ body }) => body)
    expect(bodies).toEqual([taken.ops[0]?.op.body, lost[0]?.body])
  })

  test('[S7] [S8] what its author has sent anew under another key does not come back beside it', async () => {
    const [whole, restored] = [await createTestSpace(store), await createTestSpace(store)]
    const work = makeOps(3)
    await store.append(whole, makeBatch(makeDevice(), whole, work))
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    await store.append(restored, makeBatch(makeDevice(), restored, work.slice(1)))
    expect(await store.recover(restored, lost, 9000)).toBe(1)
    const bodies = (await pageOf(store, restored)).ops.map(({ body }) => body)
    expect(bodies.sort()).toEqual(work.map(([, , , body]) => body).sort())
  })

  test('[S8] other bytes under a known name are a fork, and the first stay', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(1))
    await store.append(space, batch)
    const other = makeBatch(device, space, makeOps(2))
    expect((await append(store, space, other)).map(({ state }) => state)).toEqual(['forked', 'committed'])
    expect((await pageOf(store, space)).ops[0]?.body).toBe(batch.ops[0]?.op.body)
  })

  test('[S6] 16 writers at once, and a reader who follows them misses nothing', async () => {
    const space = await createTestSpace(store)
    const rounds = 12
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      const device = makeDevice()
      for (let n = 1; n <= rounds; n++) {
        const [result] = await append(storeOf(writer), space, makeBatch(device, space, makeOps(1, n)))
        expect(result?.state).toBe('committed')
      }
    })
    const seen: number[] = []
    const names = new Set<string>()
    let cursor: Cursor | undefined
    let isWriting = true
    const written = Promise.all(writers).finally(() => {
      isWriting = false
    })
    for (let isLast = false; !isLast; ) {
      await new Promise(setImmediate)
      isLast = !isWriting
      const page = await pageOf(store, space, cursor, { maxOps: 1000, maxBytes: 1_000_000 })
      for (const { seq, dev, n } of page.ops) {
        seen.push(seq)
        names.add(`${dev} ${n}`)
      }
      cursor = { epoch: page.epoch, seq: page.after + page.ops.length, chain: page.chain }
    }
    await written
    expect(seen).toEqual(Array.from({ length: 16 * rounds }, (_, index) => index + 1))
    expect(names.size).toBe(16 * rounds)
  })

  test('nobody changes or takes out what a log holds', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(2)))
    const read = () => store.readPage(space, undefined, { maxOps: 9, maxBytes: 9999 })
    const before = await read()
    await expect(run('update ops set received = 9')).rejects.toThrow('ops is append-only')
    await expect(run('delete from ops')).rejects.toThrow('ops is append-only')
    for (const table of name === 'PostgreSQL' ? ['ops', 'audit'] : [])
      await expect(run(`truncate ${table}`)).rejects.toThrow(`${table} is append-only`)
    expect(await read()).toEqual(before)
  })

  test('a log that ends before its head is told as damaged, and not read for ever', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(2)))
    await run(`update spaces set head = 4 where space = '${space}'`)
    const { epoch, chain, ops } = await pageOf(store, space, undefined, { maxOps: 9, maxBytes: 9999 })
    expect(ops).toHaveLength(2)
    const behind = store.readPage(space, { epoch, seq: 2, chain }, { maxOps: 9, maxBytes: 9999 })
    expect(damageOf(await behind.catch((error) => error))?.detail).toBe(`the log of ${space} ends before 4`)
  })

  /**
   * 2 is FULL: with NORMAL, as with a commit that PostgreSQL does not wait for, a power cut
   * takes acknowledged ops along.
   */
  test('[S5] waits for the disk with each commit', async () => {
    const settings: [question: string, answer: unknown][] =
      name === 'SQLite'
        ? [
            ['pragma journal_mode', 'wal'],
            ['pragma synchronous', 2],
          ]
        : [
            ['show synchronous_commit', 'on'],
            ['show fsync', 'on'],
          ]
    for (const [question, answer] of settings) {
      const { rows } = await sql<object>`${sql.raw(question)}`.execute(store.accounts.db)
      expect([question, Object.values(rows[0] ?? {})]).toEqual([question, [answer]])
    }
  })
})

test('[S5] what SQLite acknowledged is on the disk for whoever opens the file at that moment', async () => {
  const folder = temporaryFolder()
  const store = await openTestStore(folder)
  const [space, device] = [await createTestSpace(store), makeDevice()]
  const other = new Sqlite(join(folder, 'hadir.db'), { readonly: true })
  for (let n = 1; n <= 3; n++) {
    await store.append(space, makeBatch(device, space, makeOps(1, n)))
    expect(other.prepare('select count(*) as count from ops').get()).toEqual({ count: n })
  }
  other.close()
  await store.close()
})
