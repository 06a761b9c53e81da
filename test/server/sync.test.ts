import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { setEvent } from '../../src/core/event.ts'
import { maxBodyBytes } from '../../src/core/op.ts'
import { maxPushBytes } from '../../src/protocol/limits.ts'
import { oldestReader, versionHeader } from '../../src/protocol/version.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  enrol,
  makeBody,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestServer,
  type WireOp,
} from '../support/server.ts'
import { type Caller, resultsOf } from '../support/teamSite.ts'

let server: TestServer
let organizer: Caller
let space: string

beforeAll(async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
})

async function push(ops: WireOp[], { browser, device } = organizer, change: object = {}) {
  const { request } = makePush(device, space, ops)
  return browser.post(`/api/v1/spaces/${space}/push`, { ...request, ...change })
}

async function pull(query = '', browser = organizer.browser) {
  return (await browser.get(`/api/v1/spaces/${space}/pull${query}`)).json()
}

async function makeFacilitator() {
  const browser = server.openBrowser()
  const invited = await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'facilitator' })
  return { browser, device: await enrol(browser, (await invited.json()).code) }
}

describe('push and pull', () => {
  beforeAll(async () => {
    space = newId()
  })

  test('a space comes into being with an organizer’s first push, and is pulled as it was pushed', async () => {
    const ops = makeOps(3)
    expect(await resultsOf(await push(ops))).toEqual(
      [1, 2, 3].map((n) => ({ state: 'committed', n, seq: n, at: 1000 })),
    )
    const page = await pull()
    expect(page).toMatchObject({ state: 'page', after: 0, head: 3, backedUpThrough: 0, devs: [organizer.device.dev] })
    expect(page.ops).toEqual(ops.map(([n, wall, at, body]) => [1, 0, n, wall, at, body]))
    expect(page.received).toEqual([[3, server.clock.now]])
    expect(await pull(`?epoch=${page.epoch}&seq=3&chain=${page.chain}`)).toEqual({
      state: 'same',
      now: expect.any(Number),
      backedUpThrough: 0,
    })
    expect(await pull(`?epoch=${newId()}&seq=3&chain=${page.chain}`)).toMatchObject({ state: 'diverged', head: 3 })
  })

  test('[S3] a push repeated is answered as the first time', async () => {
    const ops = makeOps(2, 10)
    const first = await resultsOf(await push(ops))
    expect(await resultsOf(await push(ops))).toEqual(first)
  })

  test('a gap in n is no reason to refuse, a clock in 2031 neither: the time is lowered to the time received', async () => {
    const results = await resultsOf(await push(makeOps(1, 500, Date.UTC(2091, 0))))
    expect(results).toMatchObject([{ state: 'committed', n: 500, at: server.clock.now }])
  })

  test('[S4] a signature that does not fit parks the ops, and the right one releases them', async () => {
    const ops = makeOps(1, 600)
    const { browser } = organizer
    const wrong = await push(ops, organizer, { signature: 'A'.repeat(86) })
    expect(await resultsOf(wrong)).toEqual([{ state: 'parked', n: 600, reason: 'badSeal' }])
    expect((await (await browser.get(`/api/v1/spaces/${space}/team`)).json()).parked).toBe(1)
    expect(await resultsOf(await push(ops))).toMatchObject([{ state: 'committed' }])
    expect((await (await browser.get(`/api/v1/spaces/${space}/team`)).json()).parked).toBe(0)
  })

  test('[S2] one bad op never blocks the next', async () => {
    const ops: WireOp[] = [
      [700, 1, 1, 'no action'],
      [701, 1, 1, makeBody([{ type: 'add', kind: 'note', fields: { text: 'x'.repeat(maxBodyBytes) } }])],
      [702, 1, 1, makeBody()],
    ]
    expect(await resultsOf(await push(ops))).toMatchObject([
      { state: 'parked', reason: 'unreadable' },
      { state: 'parked', reason: 'tooLarge' },
      { state: 'committed' },
    ])
  })

  test('[S4] a facilitator who edits the event is parked, his check-in is not', async () => {
    const facilitator = await makeFacilitator()
    const edit = makeBody([setEvent(space, { title: 'Lain' })])
    const results = await resultsOf(
      await push(
        [
          [1, 1, 1, edit],
          [2, 1, 1, makeBody()],
        ],
        facilitator,
      ),
    )
    expect(results).toMatchObject([{ state: 'parked', reason: 'notAllowed' }, { state: 'committed' }])
  })

  test('[S9] an unknown kind and an unknown change are committed and passed on', async () => {
    const body = JSON.stringify(['unknownsalt', ['a', 'kindOf2031', { x: 1 }], ['z', 'what']])
    expect(await resultsOf(await push([[800, 1, 1, body]]))).toMatchObject([{ state: 'committed' }])
    expect((await pull()).ops.at(-1)).toContain(body)
  })

  test('[S9] an app that is too old to read is told so and may push', async () => {
    const { browser, device } = await makeFacilitator()
    const old = { [versionHeader]: String(oldestReader - 1) }
    const { request } = makePush(device, space, makeOps(1))
    expect(await resultsOf(await browser.post(`/api/v1/spaces/${space}/push`, request, old))).toMatchObject([
      { state: 'committed' },
    ])
    const refused = await browser.send(`/api/v1/spaces/${space}/pull`, { headers: old })
    expect([refused.status, await refused.json()]).toEqual([426, { kind: 'clientTooOld' }])
    /** The first clients named no version. */
    expect((await browser.send(`/api/v1/spaces/${space}/pull`, {})).status).toBe(200)
  })

  test('[S8] a cloned device is told, takes a new key with its cookie and keeps its grants', async () => {
    const { browser, device } = await makeFacilitator()
    await push(makeOps(1), { browser, device })
    expect(await resultsOf(await push(makeOps(1), { browser, device }))).toEqual([{ state: 'forked', n: 1 }])
    const renewed = await enrol(browser)
    expect(renewed.dev).not.toBe(device.dev)
    expect(await resultsOf(await push(makeOps(1), { browser, device: renewed }))).toMatchObject([
      { state: 'committed' },
    ])
  })

  test('a page is zipped for whoever takes that, whatever its length, and is the same', async () => {
    const path = `/api/v1/spaces/${space}/pull`
    const get = (encoding: string) => organizer.browser.send(path, { headers: { 'Accept-Encoding': encoding } })
    for (const count of [30, 1_000]) {
      await push(makeOps(count, count * 100))
      const [plain, refused, zipped] = [await get('identity'), await get('gzip;q=0, br'), await get('br, gzip')]
      const encodings = [plain, refused, zipped].map(({ headers }) => headers.get('Content-Encoding'))
      expect(encodings).toEqual([null, null, 'gzip'])
      const { now: _, ...page } = await plain.json()
      const bytes = Buffer.from(await zipped.arrayBuffer())
      expect(bytes.length).toBe(Number(zipped.headers.get('Content-Length')))
      expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject(page)
    }
  })

  test('the ops of a batch rise in n', async () => {
    const [one, two] = [makeOps(1, 900), makeOps(1, 901)]
    expect((await push([...two, ...one])).status).toBe(400)
    expect((await push([...one, ...one])).status).toBe(400)
  })
})

describe('bad input', () => {
  beforeAll(async () => {
    space = newId()
    await push(makeOps(1))
  })

  const sendRaw = (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
    organizer.browser.send(`/api/v1/spaces/${space}/push`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    })

  test('gzip is read, and a zip bomb stops at the limit', async () => {
    const { request } = makePush(organizer.device, space, makeOps(1, 2))
    const zipped = await sendRaw(gzipSync(JSON.stringify(request)), { 'Content-Encoding': 'gzip' })
    expect(await resultsOf(zipped)).toMatchObject([{ state: 'committed' }])
    const bomb = gzipSync(Buffer.alloc(maxPushBytes * 15, ' '))
    expect(bomb.length).toBeLessThan(maxPushBytes / 10)
    const response = await sendRaw(bomb, { 'Content-Encoding': 'gzip' })
    expect([response.status, await response.json()]).toEqual([413, { kind: 'tooLarge' }])
  })

  test.each([
    ['no JSON', '{', {}],
    ['another message', '{"a":1}', {}],
    ['no gzip', 'plain', { 'Content-Encoding': 'gzip' }],
    ['an unknown encoding', '{}', { 'Content-Encoding': 'br' }],
    ['a form', 'a=1', { 'Content-Type': 'text/plain' }],
  ])('%s is a bad request', async (_, body, headers) => {
    const response = await sendRaw(body, headers)
    expect([response.status, await response.json()]).toEqual([400, { kind: 'badRequest' }])
  })

  test('a number that no database holds is a bad request', async () => {
    const { request } = makePush(organizer.device, space, [[1e300, 1, 1, makeBody()]])
    expect((await sendRaw(JSON.stringify(request))).status).toBe(400)
  })

  test('a body over the limit is too large, and nothing stored is harmed', async () => {
    expect((await sendRaw('x'.repeat(maxPushBytes + 1))).status).toBe(413)
    expect((await pull()).head).toBe(2)
  })

  test('a full disk is told and harms nothing; the same push goes through once there is room', async () => {
    const { db } = server.deps.store.accounts
    const { page_count: pages } = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0] ?? {}
    await sql`pragma max_page_count = ${sql.lit(pages ?? 0)}`.execute(db)
    const ops: WireOp[] = [[50, 1, 1, makeBody([setEvent(space, { title: 'x'.repeat(100_000) })])]]
    const response = await push(ops)
    expect([response.status, await response.json()]).toEqual([507, { kind: 'storageFull' }])
    expect((await pull()).head).toBe(2)
    await sql`pragma max_page_count = 1000000`.execute(db)
    expect(await resultsOf(await push(ops))).toMatchObject([{ state: 'committed', seq: 3 }])
  })

  test('a write from another origin is refused, one from its own is not', async () => {
    expect((await sendRaw('{}', { Origin: 'https://lain.example' })).status).toBe(403)
    expect((await sendRaw('{}', { Origin: 'http://localhost' })).status).toBe(400)
  })
})
