import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuditEntry, auditLink } from '../../src/core/audit.ts'
import { chainStart, logLink } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { openPostgres } from '../../src/server/store/postgres.ts'
import type { Store } from '../../src/server/store/store.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { makeBatch, makeDevice, makeOps, openTestStore, temporaryFolder } from '../support/server.ts'

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
])('rights and their history on %s', (name, open) => {
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

  async function newDevice(dev = newId(), enrolledAt = 1): Promise<string> {
    const rest = { point: 'p', credential: dev, name: 'Ponsel', holder: 'Uji', account: null }
    await store.putDevice({ dev, ...rest, enrolledAt, seenAt: 1 })
    return dev
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
    const next = newId()
    await store.audit.note(entry({ kind: 'keyRenewed', dev: next, about: `device:${next}`, detail: { before: dev } }))
    const ofBoth = await Promise.all([dev, next].map((of) => store.audit.read({ about: `device:${of}`, most: 1 })))
    expect(ofBoth.map(([row]) => row?.kind)).toEqual(['keyRenewed', 'keyRenewed'])
    expect(await store.audit.read({ about: 'account:A', most: 9 })).toHaveLength(1)
    const [newest, second] = await store.audit.read({ most: 2 })
    expect((await store.audit.read({ before: newest?.seq ?? 0, most: 1 }))[0]).toEqual(second)
  })

  test('failed sign-ins that come at once are one line with all of them, whichever server writes it', async () => {
    const account = newId()
    await Promise.all([...Array(20).keys()].map((i) => storeOf(i).countRefusal(account, 3_600_000)))
    await store.countRefusal(account, 7_200_000)
    await Promise.all([0, 1].map((i) => storeOf(i).settleRefusals(7_200_000, 9)))
    const lines = await store.audit.read({ about: `account:${account}`, most: 9 })
    expect(lines.map(({ kind, at, detail }) => ({ kind, at, ...detail }))).toEqual([
      { kind: 'signInRefused', at: 9, count: 20, hour: 3_600_000 },
    ])
  })

  test('nobody changes or takes out what the history holds', async () => {
    await store.audit.note(entry({ reason: 'tetap' }))
    const before = await store.audit.read({ most: 100 })
    await expect(opened.run("update audit set reason = 'lain'")).rejects.toThrow('append-only')
    await expect(opened.run('delete from audit')).rejects.toThrow('append-only')
    expect(await store.audit.read({ most: 100 })).toEqual(before)
  })

  test('nobody changes or takes out what a log holds', async () => {
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    await store.append(space, makeBatch(device, space, makeOps(2)))
    const read = () => store.readPage(space, undefined, { maxOps: 9, maxBytes: 9999 })
    const before = await read()
    await expect(opened.run('update ops set received = 9')).rejects.toThrow('ops is append-only')
    await expect(opened.run('delete from ops')).rejects.toThrow('ops is append-only')
    for (const table of name === 'PostgreSQL' ? ['ops', 'audit'] : [])
      await expect(opened.run(`truncate ${table}`)).rejects.toThrow(`${table} is append-only`)
    expect(await read()).toEqual(before)
  })

  test('tells after which entry somebody may do less', async () => {
    await store.audit.note(entry({ kind: 'grantEnded' }))
    const ended = await store.audit.lastEnding()
    await store.audit.note(entry({ kind: 'enrolled' }))
    expect(await store.audit.lastEnding()).toBe(ended)
    await storeOf(1).audit.note(entry({ kind: 'deviceRevoked' }))
    expect(await store.audit.lastEnding()).toBe(ended + 2)
    await store.audit.note(entry({ kind: 'passwordChanged' }))
    expect(await store.audit.lastEnding()).toBe(ended + 3)
    await store.audit.note(entry({ kind: 'resetUsed' }))
    expect(await store.audit.lastEnding()).toBe(ended + 4)
  })

  test('a revocation of a device and what it said of itself outlast its enrolment', async () => {
    const dev = await newDevice()
    expect(await store.findDevice(dev)).toMatchObject({ revokedAt: null, unsent: null })
    await store.markUnsent(dev, 7)
    await store.renameDevice(dev, 'Ponsel kecamatan')
    expect(await store.revokeDevice(dev, 50, entry({ kind: 'deviceRevoked', about: `device:${dev}` }))).toBe('done')
    expect(await store.revokeDevice(dev, 60, entry({ kind: 'deviceRevoked' }))).toBe('none')
    await store.passOnRevocation(dev, 60)
    expect(await store.findDevice(dev)).toMatchObject({ name: 'Ponsel kecamatan', revokedAt: 50, unsent: 7 })
    await newDevice(dev)
    expect(await store.findDevice(dev)).toMatchObject({ name: 'Ponsel', revokedAt: 50, unsent: 7 })
    expect(await store.audit.read({ about: `device:${dev}`, most: 9 })).toHaveLength(1)
  })

  test('what many devices say of themselves at once is kept of each, and of one his last word', async () => {
    const [one, two, three] = [await newDevice(), await newDevice(), await newDevice()]
    const said = [
      store.markUnsent(one, 4),
      store.markSeen(two, 900),
      store.markUnsent(three, 4),
      store.markUnsent(two, 2),
    ]
    await Promise.all([...said, store.markUnsent(one, 0), store.markSeen(three, 901)])
    const found = await Promise.all([one, two, three].map((dev) => store.findDevice(dev)))
    expect(found.map((device) => device?.unsent)).toEqual([0, 2, 4])
    expect(found.slice(1).map((device) => device?.seenAt)).toEqual([901, 901])
    expect(found[0]?.seenAt).toBeLessThan(900)
  })

  test('a right is given, changed and ended with its line in the history, or not at all', async () => {
    const space = newId()
    const subject = `device:${await newDevice()}` as const
    const change = (role: 'viewer' | 'facilitator' | null, now: number) =>
      store.changeRight({ space, subject, role, now }, entry({ kind: 'granted', space, at: now, about: subject }))
    expect(await change('facilitator', 1)).toBe('done')
    expect(await change('viewer', 2)).toBe('done')
    const standing = async () =>
      (await store.findGrants([subject], space)).filter(({ revokedAt }) => revokedAt === null)
    expect((await standing()).map(({ role }) => role)).toEqual(['viewer'])
    expect((await store.listMembers(space)).map(({ role, since }) => [role, since])).toContainEqual(['viewer', 2])
    expect(await change(null, 3)).toBe('done')
    expect(await change(null, 4)).toBe('none')
    expect(await standing()).toEqual([])
    expect((await store.audit.read({ space, most: 9 })).map(({ at }) => at)).toEqual([3, 2, 1])
  })

  test('two organizers who remove each other at once leave one', async () => {
    const devices = [await newDevice(), await newDevice()]
    const subjects = devices.map((dev) => `device:${dev}` as const)
    for (const subject of subjects)
      await store.putGrant({ space: '*', subject, role: 'organizer', createdAt: 1, revokedAt: null })
    const end = (subject: (typeof subjects)[number], i: number) =>
      storeOf(i).changeRight({ space: '*', subject, role: null, now: 9 }, entry({ kind: 'grantEnded', about: subject }))
    expect((await Promise.all(subjects.map(end))).sort()).toEqual(['done', 'lastOrganizer'])
    expect(await store.hasOrganizer()).toBe(true)
    const last = (await store.listMembers('*')).map(({ device }) => device.dev)
    expect(last).toHaveLength(1)
    expect(await store.revokeDevice(last[0] ?? '', 9, entry({ kind: 'deviceRevoked' }))).toBe('lastOrganizer')
    expect(await store.findDevice(last[0] ?? '')).toMatchObject({ revokedAt: null })
  })

  test("attendees' devices are counted, and listed some at a time", async () => {
    const space = newId()
    for (const enrolledAt of [1, 2, 3]) {
      const dev = await newDevice(newId(), enrolledAt)
      await store.putGrant({ space, subject: `device:${dev}`, role: 'attendee', createdAt: 1, revokedAt: null })
    }
    expect(await store.countAttendees(space)).toBe(3)
    const enrolled = async (before: number) =>
      (await store.listAttendees(space, { enrolledAt: before, dev: '' }, 2)).map((one) => one.enrolledAt)
    expect(await enrolled(99)).toEqual([3, 2])
    expect(await enrolled(2)).toEqual([1])
  })

  test("attendees' devices that came at one moment are each listed once", async () => {
    const space = newId()
    const devs = [newId(), newId(), newId(), newId(), newId()]
    for (const dev of devs) {
      await newDevice(dev, 7)
      await store.putGrant({ space, subject: `device:${dev}`, role: 'attendee', createdAt: 1, revokedAt: null })
    }
    const listed: string[] = []
    let behind = { enrolledAt: 99, dev: '' }
    for (;;) {
      const found = await store.listAttendees(space, behind, 2)
      listed.push(...found.map(({ dev }) => dev))
      const last = found.at(-1)
      if (!last) break
      behind = last
    }
    expect(listed.toSorted()).toEqual(devs.toSorted())
  })

  test('an invitation ends before it is used, and not after', async () => {
    const [space, codeHash] = [newId(), newId()]
    await store.addInvite({ codeHash, space, role: 'viewer', createdAt: 1, expiresAt: 100, dev: null })
    expect(await store.endInvite(codeHash, 50)).toBe(true)
    expect(await store.endInvite(codeHash, 51)).toBe(false)
    expect(await store.listOpenInvites(space, 50)).toEqual([])
    const used = newId()
    await store.addInvite({ codeHash: used, space, role: 'viewer', createdAt: 1, expiresAt: 100, dev: null })
    const grant = { space, role: 'viewer' as const, subject: 'device:D' as const, createdAt: 1, revokedAt: null }
    await store.claimInvite(used, 'D', grant)
    expect(await store.endInvite(used, 50)).toBe(false)
  })

  test('[S11] a parked op enters the log once, with its time lowered; a name that was taken meanwhile is no hindrance', async () => {
    const [space, device] = [newId(), makeDevice()]
    await store.createSpace(space, newId(), 1)
    const aside = (batch: ReturnType<typeof makeBatch>, verdict: 'notAllowed' | 'badSeal' = 'notAllowed') => ({
      ...batch,
      ops: batch.ops.map((op) => ({ ...op, verdict })),
    })
    const [first, other] = [makeBatch(device, space, makeOps(2, 1, 9000)), makeBatch(device, space, makeOps(1, 1, 100))]
    await store.append(space, aside(first))
    await store.append(space, aside(other))
    await store.append(space, aside(makeBatch(device, space, makeOps(1, 7)), 'badSeal'))
    expect(await store.sumParked(space)).toEqual([{ dev: device.dev, waiting: 4, kept: 0, oldestAt: 5000 }])
    const list = (after = { n: 0, link: '' }, most = 10, maxBytes = 1e6) =>
      store.listParked(space, device.dev, after, { most, maxBytes })
    expect((await list()).map(({ op }) => op.n)).toEqual([1, 1, 2, 7])
    const [one] = await list(undefined, 10, 1)
    expect(await list(undefined, 10, 1)).toHaveLength(1)
    expect((await list({ n: 1, link: one?.link ?? '' })).map(({ op }) => op.n)).toEqual([1, 2, 7])
    const names = (await list()).map(({ op, link }) => ({ n: op.n, link }))
    const released = entry({ kind: 'released', space, reason: 'Diperiksa' })
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
    const keep = () => store.keepParked(space, device.dev, names, entry({ kind: 'keptAside', space, at: 77 }))
    expect([await keep(), await keep()]).toEqual([1, 0])
    expect((await list()).map(({ keptAt }) => keptAt)).toEqual([77])
    expect(await store.countParked(space)).toBe(0)
  })
})
