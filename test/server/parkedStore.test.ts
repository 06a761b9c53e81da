import { beforeAll, describe, expect, test } from 'vitest'
import { chainStart, logLink } from '../../src/core/op.ts'
import type { Store } from '../../src/server/store/store.ts'
import { makeBatch, makeDevice, makeOps } from '../support/server.ts'
import { append, createTestSpace, eachSharedStore, historyEntry, pageOf, type SharedStore } from '../support/stores.ts'

describe.each(eachSharedStore())('what is kept aside on %s', (_, open) => {
  let store: Store
  let storeOf: SharedStore['storeOf']
  beforeAll(async () => {
    ;({ store, storeOf } = await open())
  })

  test('[S4] a parked op stays out of the log, is counted, and is released when it may be committed', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(2))
    const parked = { ...batch, ops: batch.ops.map((op) => ({ ...op, verdict: 'notAllowed' as const })) }
    expect(await store.append(space, parked)).toEqual([1, 2].map((n) => ({ state: 'parked', n, reason: 'notAllowed' })))
    await store.append(space, parked)
    expect(await store.countParked(space)).toBe(2)
    expect((await pageOf(store, space)).ops).toEqual([])
    expect((await append(store, space, batch)).map(({ state }) => state)).toEqual(['committed', 'committed'])
    expect(await store.countParked(space)).toBe(0)
  })

  test('[S4] what is kept aside and arrives twice at once is kept once', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(2))
    const parked = { ...batch, ops: batch.ops.map((op) => ({ ...op, verdict: 'notAllowed' as const })) }
    const [one, two] = await Promise.all([0, 0, 1].map((i) => storeOf(i).append(space, parked)))
    expect(two).toEqual(one)
    expect(await store.countParked(space)).toBe(2)
  })

  test('[S8] other bytes under a known name are no fork when their seal does not hold', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(1)))
    const other = makeBatch(device, space, makeOps(1))
    const forged = { ...other, ops: other.ops.map((op) => ({ ...op, verdict: 'badSeal' as const })) }
    expect(await store.append(space, forged)).toEqual([{ state: 'parked', n: 1, reason: 'badSeal' }])
  })

  test('[S4] the signature that is kept of an op is the one that holds, also when another came first', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const batch = makeBatch(device, space, makeOps(2))
    const wrong = { ...batch, signature: makeBatch(device, space, makeOps(1)).signature }
    await store.append(space, { ...wrong, ops: batch.ops.map((op) => ({ ...op, verdict: 'badSeal' as const })) })
    expect((await append(store, space, batch)).map(({ state }) => state)).toEqual(['committed', 'committed'])
    const kept = await store.accounts.db.selectFrom('seals').select('signature').where('space', '=', space).execute()
    expect(kept).toEqual([{ signature: batch.signature }])
  })

  test('[S11] a parked op enters the log once, with its time lowered; a name that was taken meanwhile is no hindrance', async () => {
    const [space, device] = [await createTestSpace(store), makeDevice()]
    const aside = (batch: ReturnType<typeof makeBatch>, verdict: 'notAllowed' | 'badSeal' = 'notAllowed') => ({
      ...batch,
      ops: batch.ops.map((op) => ({ ...op, verdict })),
    })
    const [first, other] = [makeBatch(device, space, makeOps(2, 1, 9000)), makeBatch(device, space, makeOps(1, 1, 100))]
    await store.append(space, aside(first))
    await store.append(space, aside(other))
    await store.append(space, aside(makeBatch(device, space, makeOps(1, 7)), 'badSeal'))
    const beside = await createTestSpace(store)
    await store.append(beside, aside(makeBatch(device, beside, makeOps(1, 3))))
    expect(await store.sumParked(space)).toEqual([{ dev: device.dev, waiting: 4, kept: 0, oldestAt: 5000 }])
    const list = (after = { n: 0, link: '' }, most = 10, maxBytes = 1e6) =>
      store.listParked(space, device.dev, after, { most, maxBytes })
    expect((await list()).map(({ op }) => op.n)).toEqual([1, 1, 2, 7])
    const [one] = await list(undefined, 10, 1)
    expect(await list(undefined, 10, 1)).toHaveLength(1)
    expect((await list({ n: 1, link: one?.link ?? '' })).map(({ op }) => op.n)).toEqual([1, 2, 7])
    const names = (await list()).map(({ op, link }) => ({ n: op.n, link }))
    const released = historyEntry({ kind: 'released', space, reason: 'Diperiksa' })
    const release = (i: number) => storeOf(i).releaseParked(space, device.dev, names, released)
    expect((await Promise.all([release(0), release(1)])).sort()).toEqual([0, 3])
    const page = await store.readPage(space, undefined, { maxOps: 10, maxBytes: 1e6 })
    const ops = page?.state === 'page' ? page.ops : []
    expect(ops.map(({ at }) => at).sort()).toEqual([100, 5000, 5000])
    expect(ops.filter(({ dev }) => dev === device.dev)).toHaveLength(2)
    expect(new Set(ops.map(({ body }) => body))).toEqual(new Set([...first.ops, ...other.ops].map(({ op }) => op.body)))
    let link: Uint8Array = chainStart
    for (const op of ops) link = logLink(link, op.seq, { ...op, space })
    expect(page?.state === 'page' && page.chain).toBe(Buffer.from(link).toString('base64url'))
    expect((await list()).map(({ op, reason }) => [op.n, reason])).toEqual([[7, 'badSeal']])
    expect((await store.audit.read({ space, most: 9 })).map(({ kind, detail }) => [kind, detail.ops])).toEqual([
      ['released', 3],
    ])
    const held = ops.find(({ dev, n }) => dev === device.dev && n === 1)?.body === first.ops[0]?.op.body ? first : other
    const again = await store.append(space, { ...held, receivedAt: 9999 })
    expect(again[0]).toMatchObject({ state: 'committed' })
    const keep = () => store.keepParked(space, device.dev, names, historyEntry({ kind: 'keptAside', space, at: 77 }))
    expect([await keep(), await keep()]).toEqual([1, 0])
    expect((await list()).map(({ keptAt }) => keptAt)).toEqual([77])
    expect(await store.countParked(space)).toBe(0)
  })
})
