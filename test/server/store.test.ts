import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainStart, logLink } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import { type Batch, everySpace, type OpResult, type Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, temporaryFolder } from '../support/server.ts'

const limits = { maxOps: 100, maxBytes: 1_000_000 }
let postgres: TestPostgres

/** Some servers of one database, each with its own queue and pool. */
async function openPostgresStores(count = 3): Promise<Store[]> {
  const url = await postgres.newDatabase()
  const stores: Store[] = []
  while (stores.length < count) {
    const opened = await openPostgres(url)
    if (!opened.ok) throw new Error(opened.failure.detail)
    stores.push(opened.value)
  }
  return stores
}

beforeAll(() => {
  postgres = startPostgres()
})
afterAll(() => postgres.stop())

/** What became of a batch that has room. */
async function append(store: Store, space: string, batch: Batch): Promise<OpResult[]> {
  const results = await store.append(space, batch)
  if (results === 'full') throw new Error('full')
  return results
}

async function pageOf(store: Store, space: string, ...rest: [Parameters<Store['readPage']>[1]?, typeof limits?]) {
  const page = await store.readPage(space, rest[0], rest[1] ?? limits)
  if (page?.state !== 'page') throw new Error(`no page: ${page?.state}`)
  return page
}

describe.each([
  ['SQLite', async () => [await openTestStore()]],
  ['PostgreSQL', openPostgresStores],
])('the store on %s', (_, open) => {
  let stores: Store[]
  let store: Store
  beforeAll(async () => {
    stores = await open()
    store = storeOf(0)
  })
  afterAll(() => Promise.all(stores.map((each) => each.close())))

  function storeOf(index: number): Store {
    const found = stores[index % stores.length]
    if (!found) throw new Error('no store')
    return found
  }

  async function newSpace(): Promise<string> {
    const space = newId()
    await store.createSpace(space, newId(), 1)
    return space
  }

  test('numbers a batch from 1, lowers times to the time received, and chains what it numbered', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
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
    const [space, device] = [await newSpace(), makeDevice()]
    const batch = makeBatch(device, space, makeOps(5))
    const first = await store.append(space, batch)
    expect(await store.append(space, { ...batch, receivedAt: 10 })).toEqual(first)
    expect((await pageOf(store, space)).head).toBe(5)
  })

  test('[S3] a batch that arrives twice at once is committed once', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
    const batch = makeBatch(device, space, makeOps(5))
    const [one, two] = await Promise.all([storeOf(1).append(space, batch), storeOf(2).append(space, batch)])
    expect(two).toEqual(one)
    expect((await pageOf(store, space)).head).toBe(5)
  })

  test('[S4] a parked op stays out of the log, is counted, and is released when it may be committed', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
    const batch = makeBatch(device, space, makeOps(2))
    const parked = { ...batch, ops: batch.ops.map((op) => ({ ...op, verdict: 'notAllowed' as const })) }
    expect(await store.append(space, parked)).toEqual([1, 2].map((n) => ({ state: 'parked', n, reason: 'notAllowed' })))
    await store.append(space, parked)
    expect(await store.countParked(space)).toBe(2)
    expect((await pageOf(store, space)).ops).toEqual([])
    expect((await append(store, space, batch)).map(({ state }) => state)).toEqual(['committed', 'committed'])
    expect(await store.countParked(space)).toBe(0)
  })

  test('[S4] a body of any bytes is kept, and one that a database cannot hold as text blocks nobody', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
    const body = 'nul \u0000, emoji 😀, lone \ud800'
    await store.append(space, makeBatch(device, space, [[1, 1, 1, body]]))
    expect((await pageOf(store, space)).ops[0]?.body).toBe(body.replace('\ud800', '\ufffd'))
  })

  test('keeps nothing of a batch beyond its bound, and answers what it holds already as before', async () => {
    const [space, device, other] = [await newSpace(), makeDevice(), makeDevice()]
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
    const [space, device] = [await newSpace(), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(10)))
    const seen: number[] = []
    let cursor: Parameters<Store['readPage']>[1]
    for (const limit of [{ maxOps: 3, maxBytes: 9999 }, { maxOps: 9, maxBytes: 1 }, limits]) {
      const page = await pageOf(store, space, cursor, limit)
      seen.push(...page.ops.map(({ seq }) => seq))
      cursor = { epoch: page.epoch, seq: seen.length, chain: page.chain }
      if (limit.maxBytes === 1) expect(page.ops).toHaveLength(1)
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect((await pageOf(store, space, cursor)).ops).toEqual([])
  })

  test('[S7] a cursor of another epoch, beyond the head or with another chain has diverged', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
    await store.append(space, makeBatch(device, space, makeOps(2)))
    const { epoch, chain } = await pageOf(store, space)
    const unknown = [
      { epoch: newId(), seq: 2, chain },
      { epoch, seq: 3, chain },
      { epoch, seq: 1, chain },
      { epoch, seq: 0, chain },
    ]
    for (const cursor of unknown) expect((await store.readPage(space, cursor, limits))?.state).toBe('diverged')
  })

  test('[S7] a lost part comes back under its old numbers, once, and its author’s push is known', async () => {
    const [whole, restored, device] = [await newSpace(), await newSpace(), makeDevice()]
    const batch = makeBatch(device, whole, makeOps(3))
    const results = await store.append(whole, batch)
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    for (const _ of [1, 2]) await store.recover(restored, lost, 9000)
    const page = await pageOf(store, restored)
    expect([page.head, page.chain]).toEqual([3, (await pageOf(store, whole)).chain])
    expect(await store.append(restored, batch)).toEqual(results)
    const other = makeBatch(device, restored, makeOps(1))
    expect((await append(store, restored, other)).map(({ state }) => state)).toEqual(['forked'])
    expect((await pageOf(store, restored)).head).toBe(3)
  })

  test('[S7] [S8] a lost op whose name was taken after the restore comes back beside the other, once', async () => {
    const [whole, restored, device] = [await newSpace(), await newSpace(), makeDevice()]
    await store.append(whole, makeBatch(device, whole, makeOps(1)))
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    const taken = makeBatch(device, restored, makeOps(1))
    await store.append(restored, taken)
    for (const _ of [1, 2]) await store.recover(restored, lost, 9000)
    const bodies = (await pageOf(store, restored)).ops.map(({ body }) => body)
    expect(bodies).toEqual([taken.ops[0]?.op.body, lost[0]?.body])
  })

  test('[S7] [S8] what its author has sent anew under another key does not come back beside it', async () => {
    const [whole, restored] = [await newSpace(), await newSpace()]
    const work = makeOps(3)
    await store.append(whole, makeBatch(makeDevice(), whole, work))
    const lost = (await pageOf(store, whole)).ops.map((op) => ({ ...op, space: restored }))
    await store.append(restored, makeBatch(makeDevice(), restored, work.slice(1)))
    expect(await store.recover(restored, lost, 9000)).toBe(1)
    const bodies = (await pageOf(store, restored)).ops.map(({ body }) => body)
    expect(bodies.sort()).toEqual(work.map(([, , , body]) => body).sort())
  })

  test('[S8] other bytes under a known name are a fork, and the first stay', async () => {
    const [space, device] = [await newSpace(), makeDevice()]
    const batch = makeBatch(device, space, makeOps(1))
    await store.append(space, batch)
    const other = makeBatch(device, space, makeOps(2))
    expect((await append(store, space, other)).map(({ state }) => state)).toEqual(['forked', 'committed'])
    expect((await pageOf(store, space)).ops[0]?.body).toBe(batch.ops[0]?.op.body)
  })

  test('[S6] 16 writers at once, and a reader who follows them misses nothing', async () => {
    const space = await newSpace()
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
    let cursor: Parameters<Store['readPage']>[1]
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

  test('a code serves one device', async () => {
    const invite = { space: newId(), role: 'viewer' as const, createdAt: 1, expiresAt: 100, dev: null }
    const codeHash = newId()
    await store.addInvite({ ...invite, codeHash })
    expect(await store.listOpenInvites(invite.space, 99)).toHaveLength(1)
    expect(await store.listOpenInvites(invite.space, 100)).toEqual([])
    const { space, role, createdAt } = invite
    const claim = (dev: string) =>
      store.claimInvite(codeHash, dev, { space, role, subject: `device:${dev}`, createdAt, revokedAt: null })
    const claims = await Promise.all(['one', 'two'].map(claim))
    expect(claims.sort()).toEqual([false, true])
    expect(await store.findGrants(['device:one', 'device:two'], space)).toHaveLength(1)
    expect(await store.listOpenInvites(invite.space, 99)).toEqual([])
  })

  test('grants belong to a device or to every device of an account; revoked ones count no more', async () => {
    const [space, account] = [newId(), newId()]
    const device = { point: 'p', name: 'Ponsel', holder: 'Uji', account, enrolledAt: 1, seenAt: 1 }
    for (const dev of ['a', 'b']) await store.putDevice({ ...device, dev: dev + space, credential: dev + space })
    const grant = { createdAt: 1, revokedAt: null }
    await store.putGrant({ ...grant, space, subject: `account:${account}`, role: 'viewer' })
    await store.putGrant({ ...grant, space, subject: `device:a${space}`, role: 'facilitator' })
    await store.putGrant({ ...grant, space: everySpace, subject: `device:b${space}`, role: 'organizer', revokedAt: 2 })
    const members = (await store.listMembers(space)).map(({ device: { dev }, role }) => `${dev.charAt(0)} ${role}`)
    expect(members.sort()).toEqual(['a facilitator', 'a viewer', 'b viewer'])
    const held = async (names: ('a' | 'b' | 'account')[], where = space) =>
      (
        await store.findGrants(
          names.map((name) =>
            name === 'account' ? (`account:${account}` as const) : (`device:${name}${space}` as const),
          ),
          where,
        )
      )
        .map(({ role }) => role)
        .sort()
    expect(await held(['a', 'account'])).toEqual(['facilitator', 'viewer'])
    expect(await held(['account', 'b'])).toEqual(['organizer', 'viewer'])
    expect(await held(['b', 'a', 'account'])).toEqual(['facilitator', 'organizer', 'viewer'])
    expect(await held(['a', 'account'], newId())).toEqual([])
    await store.copyGrants(`device:a${space}`, `device:c${space}`)
    expect(await store.findGrants([`device:c${space}`], space)).toMatchObject([{ space, role: 'facilitator' }])
    /** [S11] A revoked device that takes a new key is not a stranger: what it made before still goes into quarantine. */
    await store.copyGrants(`device:b${space}`, `device:d${space}`)
    expect(await store.findGrants([`device:d${space}`])).toMatchObject([{ space: everySpace, revokedAt: 2 }])
    expect(await store.hasOrganizer()).toBe(false)
  })

  test('an attendee keeps the prefix that his grant had first, whatever is written later', async () => {
    const [space, dev] = [newId(), newId()]
    const grant = { space, subject: `device:${dev}` as const, role: 'attendee' as const, createdAt: 1, revokedAt: null }
    await store.putGrant({ ...grant, owner: 'AAAAAAAAAAA', expiresAt: 10 })
    await store.putGrant({ ...grant, owner: 'BBBBBBBBBBB', expiresAt: 20 })
    expect(await store.findGrants([grant.subject], space)).toMatchObject([{ owner: 'AAAAAAAAAAA', expiresAt: 20 }])
    await store.putGrant({ ...grant, revokedAt: 5 })
    expect(await store.findGrants([grant.subject], space)).toMatchObject([{ owner: 'AAAAAAAAAAA', revokedAt: 5 }])
    await store.putGrant({ ...grant, space: newId(), owner: 'AAAAAAAAAAA' })
    const [plain, owned] = [newId(), newId()].map((other) => ({ ...grant, subject: `device:${other}` as const }))
    if (!plain || !owned) throw new Error('no grants')
    await store.putGrant(plain)
    await store.putGrant({ ...plain, owner: 'CCCCCCCCCCC' })
    await store.putGrant({ ...owned, owner: 'DDDDDDDDDDD' })
    expect(await store.listOwned(space, 'CCCCCCCCCCC')).toEqual([plain.subject])
  })

  test('[S8] an attendee`s devices are all found by his prefix, in this space and no other', async () => {
    const [space, one, two] = [newId(), newId(), newId()]
    const grant = { role: 'attendee' as const, createdAt: 1, revokedAt: null, owner: newId().slice(0, 11) }
    await store.putGrant({ ...grant, space, subject: `device:${one}` })
    await store.putGrant({ ...grant, space: newId(), subject: `device:${newId()}` })
    await store.copyGrants(`device:${one}`, `device:${two}`)
    expect((await store.listOwned(space, grant.owner)).sort()).toEqual([`device:${one}`, `device:${two}`].sort())
    expect(await store.listOwned(space, newId().slice(0, 11))).toEqual([])
    expect(await store.listMembers(space)).toEqual([])
  })

  test('a gate lets in until it is closed, and opens again under the same code', async () => {
    const [space, codeHash] = [newId(), newId()]
    const gate = { codeHash, space, gate: newId(), createdAt: 1, closedAt: null }
    expect(await store.findGate(codeHash)).toBeUndefined()
    await store.openGate(gate)
    await store.openGate({ ...gate, createdAt: 9 })
    expect(await store.findGate(codeHash)).toEqual(gate)
    await store.closeGate(newId(), codeHash, 5)
    expect(await store.findGate(codeHash)).toEqual(gate)
    await store.closeGate(space, codeHash, 5)
    expect(await store.findGate(codeHash)).toEqual({ ...gate, closedAt: 5 })
    await store.openGate({ ...gate, createdAt: 9 })
    expect(await store.findGate(codeHash)).toEqual(gate)
  })

  test('a secret is made once, also by several servers at once', async () => {
    const name = newId()
    const kept = await Promise.all(['one', 'two', 'three'].map((made, i) => storeOf(i).keepSecret(name, made)))
    expect(new Set(kept).size).toBe(1)
    expect(await store.keepSecret(name, 'four')).toBe(kept[0])
  })

  test('a ticket is given to a person once per form, and again only for the same ballot', async () => {
    const ticket = { space: newId(), form: newId(), person: newId(), blinded: 'A' }
    const claims = ['A', 'B'].map((blinded, i) => storeOf(i).claimTicket({ ...ticket, blinded }))
    const given = await Promise.all(claims)
    expect([...given].sort()).toEqual([false, true])
    const first = given[0] ? 'A' : 'B'
    expect(await store.claimTicket({ ...ticket, blinded: first })).toBe(true)
    expect(await store.claimTicket({ ...ticket, blinded: 'C' })).toBe(false)
    for (const other of [{ form: newId() }, { person: newId() }, { space: newId() }])
      expect(await store.claimTicket({ ...ticket, ...other, blinded: 'C' })).toBe(true)
    expect(await store.listTicketed(ticket.space, ticket.form)).toHaveLength(2)
    expect(await store.listTicketed(ticket.space, newId())).toEqual([])
  })

  test('ballots wait in the order of chance, each once, until they are dropped', async () => {
    const [space, form] = [newId(), newId()]
    const ballot = (nonce: string, body = `{"jawaban":"${nonce} 😀"}`) => ({ space, form, nonce, day: 3, body })
    for (const nonce of ['c', 'a', 'b']) await store.keepBallot(ballot(nonce))
    await store.keepBallot(ballot('a', 'lain'))
    const other = { ...ballot('z'), form: newId() }
    await store.keepBallot(other)
    expect(await store.listBallots(space, form)).toEqual(['a', 'b', 'c'].map((nonce) => ballot(nonce)))
    const waiting = (await store.listBallotForms()).filter((one) => one.space === space)
    expect(waiting.map((one) => one.form).sort()).toEqual([form, other.form].sort())
    await store.dropBallots(space, form, ['a', 'c', 'z'])
    expect(await store.listBallots(space, form)).toEqual([ballot('b')])
    expect(await store.listBallots(space, other.form)).toEqual([other])
  })
})

test('[S5] what SQLite acknowledged is on the disk for whoever opens the file at that moment', async () => {
  const folder = temporaryFolder()
  const store = await openTestStore(folder)
  const [space, device] = [newId(), makeDevice()]
  await store.createSpace(space, newId(), 1)
  const other = new Sqlite(join(folder, 'hadir.db'), { readonly: true })
  for (let n = 1; n <= 3; n++) {
    await store.append(space, makeBatch(device, space, makeOps(1, n)))
    expect(other.prepare('select count(*) as count from ops').get()).toEqual({ count: n })
  }
  other.close()
  await store.close()
})

/** 2 is FULL: with NORMAL, as with a commit that PostgreSQL does not wait for, a power cut takes acknowledged ops along. */
test('[S5] the database of a running store waits for the disk with each commit', async () => {
  const sqlite = await openTestStore()
  const ask = async (store: Store | undefined, question: string) =>
    store && Object.values((await sql<object>`${sql.raw(question)}`.execute(store.accounts.db)).rows[0] ?? {})
  expect(await ask(sqlite, 'pragma journal_mode')).toEqual(['wal'])
  expect(await ask(sqlite, 'pragma synchronous')).toEqual([2])
  await sqlite.close()
  const [postgresStore] = await openPostgresStores(1)
  expect(await ask(postgresStore, 'show synchronous_commit')).toEqual(['on'])
  expect(await ask(postgresStore, 'show fsync')).toEqual(['on'])
  await postgresStore?.close()
})
