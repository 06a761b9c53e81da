import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { createLogPages } from '../../src/server/logPages.ts'
import type { LogPage, LogPages } from '../../src/server/routes/ports.ts'
import { complete, completeZipped, prepare } from '../../src/server/routes/prepared.ts'
import type { Cursor, Store } from '../../src/server/store/store.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, type TestDevice } from '../support/server.ts'
import { append, createTestSpace, pageOf } from '../support/stores.ts'

let store: Store
let space: string
let device: TestDevice
/** How many pages were read from the database. */
let made: number
let pages: LogPages
beforeEach(async () => {
  store = await openTestStore()
  space = await createTestSpace(store)
  device = makeDevice()
  made = 0
  pages = createPages()
})

function createPages(maxLength = 1e7): LogPages {
  const readPage: Store['readPage'] = (...request) => {
    made++
    return store.readPage(...request)
  }
  return createLogPages({ ...store, readPage }, maxLength)
}

let next = 1
async function write(count: number): Promise<void> {
  await append(store, space, makeBatch(device, space, makeOps(count, next)))
  next += count
}

async function read(cursor?: Cursor, from = pages): Promise<LogPage> {
  const page = await from.read(space, cursor)
  if (page?.state !== 'page') throw new Error(`no page: ${page?.state}`)
  return page
}

const cursorBehind = ({ epoch, end, chain }: LogPage): Cursor => ({ epoch, seq: end, chain })
const opsOf = ({ part }: LogPage): unknown[] => JSON.parse(complete(part, { more: 1 })).ops

describe('pages of a log', () => {
  test('are made once for all who ask, at once or later, and hold what the log holds', async () => {
    await write(2_500)
    const [first, same] = await Promise.all([read(), read()])
    const rest = await read(cursorBehind(first))
    expect([await read(), await read(cursorBehind(first))]).toEqual([same, rest])
    expect(made).toBe(2)
    expect([first, rest].map(({ after, end, head }) => [after, end, head])).toEqual([
      [0, 2_000, 2_500],
      [2_000, 2_500, 2_500],
    ])
    const all = await pageOf(store, space, undefined, { maxOps: 9_999, maxBytes: 1e9 })
    expect([...opsOf(first), ...opsOf(rest)]).toEqual(
      all.ops.map(({ v, n, wall, at, body }) => [v, 0, n, wall, at, body]),
    )
    expect(rest.chain).toBe(all.chain)
  })

  test('that were full stay when the log grows; the last one is made anew', async () => {
    await write(2_010)
    const first = await read()
    const last = await read(cursorBehind(first))
    await write(5)
    const longer = await read(cursorBehind(first))
    expect([last.end, longer.end, longer.head]).toEqual([2_010, 2_015, 2_015])
    expect(opsOf(longer)).toHaveLength(15)
    expect(await read()).toEqual({ ...first, head: 2_015 })
    expect(made).toBe(3)
  })

  test('tell of every reader where he stands: at the end, nowhere, in no space', async () => {
    await write(3)
    const page = await read()
    expect(await pages.read(space, cursorBehind(page))).toMatchObject({ state: 'known', head: 3 })
    for (const other of [{ epoch: newId() }, { chain: page.chain.replace(/./g, 'A') }, { seq: 4 }])
      expect(await pages.read(space, { ...cursorBehind(page), ...other })).toMatchObject({ state: 'diverged', head: 3 })
    expect(await pages.read(newId(), undefined)).toBeUndefined()
    expect(made).toBe(1)
  })

  test('of a log that grows while its last page is made reach what who asked later had seen', async () => {
    await write(3)
    const early = read()
    await write(4)
    const late = await read()
    expect((await early).end).toBeGreaterThanOrEqual(3)
    expect([late.end, late.head]).toEqual([7, 7])
  })

  test('are made ready ahead, and whoever is asked for a page after that has it', async () => {
    await write(2_500)
    const first = await read()
    pages.readAhead(space, cursorBehind(first), true)
    await vi.waitUntil(() => made === 2)
    expect((await read(cursorBehind(first))).end).toBe(2_500)
    expect(made).toBe(2)
  })

  test('beyond the room that there is are forgotten, those first that nobody asked for lately', async () => {
    await write(4_500)
    const { length } = (await read()).part.text
    const small = createPages(2.2 * length)
    const first = await read(undefined, small)
    const second = await read(cursorBehind(first), small)
    await read(undefined, small)
    await read(cursorBehind(second), small)
    made = 0
    await read(undefined, small)
    expect(made).toBe(0)
    await read(cursorBehind(first), small)
    expect(made).toBe(1)
  })

  test('that could not be read are read once more, and what is made ahead troubles nobody', async () => {
    await write(2_500)
    const first = await read()
    let broken = true
    const readPage: Store['readPage'] = (...request) => {
      made++
      return broken ? Promise.reject(new Error('no disk')) : store.readPage(...request)
    }
    pages = createLogPages({ ...store, readPage }, 1e7)
    pages.readAhead(space, cursorBehind(first), true)
    await vi.waitUntil(() => made === 2)
    await expect(read(cursorBehind(first))).rejects.toThrow('no disk')
    broken = false
    expect((await read(cursorBehind(first))).end).toBe(2_500)
  })
})

test('what is zipped in two parts is one object and one gzip file', async () => {
  const value = fc.jsonValue()
  const fields = (name: string) => fc.dictionary(fc.constantFrom(`${name}1`, `${name}é`), value, { minKeys: 1 })
  await fc.assert(
    fc.asyncProperty(fields('a'), fields('b'), async (shared, own) => {
      const prepared = prepare(shared)
      const whole = JSON.stringify({ ...shared, ...own })
      expect(complete(prepared, own)).toBe(whole)
      for (const _ of [1, 2]) expect(gunzipSync(await completeZipped(prepared, own)).toString()).toBe(whole)
    }),
  )
})
