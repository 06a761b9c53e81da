import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, it } from 'vitest'
import { forgetSpace } from '../../src/client/db/forget.ts'
import { commitOp } from '../../src/client/db/outbox.ts'
import { appendPage, goBack } from '../../src/client/db/pages.ts'
import { createDatabase, type Database, type PackedOp } from '../../src/client/db/schema.ts'
import { writeSnapshot } from '../../src/client/db/snapshots.ts'
import { applyGrants, newSpaceRow, readSpace } from '../../src/client/db/spaces.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { type OpenSpace, openSpace } from '../../src/client/state/openSpace.ts'
import { checkIn } from '../../src/core/attendance.ts'
import { setPerson } from '../../src/core/person.ts'

Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

const space = 'S'.repeat(22)
const dev = 'D'.repeat(22)

let db: Database

beforeEach(async () => {
  db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  await read(['Ani', 'Budi', 'Citra'])
})

const author = createAuthor({
  dev: () => dev,
  wall: () => 5_000,
  offsetMs: () => 0,
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  onCommit: () => undefined,
})

const opOf = (name: string, by: string, n: number): PackedOp => {
  return [1, by, n, 100, 100, JSON.stringify([`salt-of-${name}`, ['s', 'person', name, { name }]])]
}

/** The log's next page: an op by another device for each name; `more` are behind it. */
async function read(names: string[], more = 0): Promise<void> {
  const { seq: after = 0 } = (await readSpace(db, space)) ?? {}
  const ops = names.map((name, i) => opOf(name, 'O'.repeat(22), after + 1 + i))
  const marks = { chain: `chain ${names}`, witness: 'w', backedUpThrough: 0, head: after + names.length + more }
  expect(await appendPage(db, { space, epoch: 'e', after, ops, ...marks })).toBe(true)
}

/** The app is started: what is read is the disk's. */
async function open(pause = async () => {}): Promise<OpenSpace> {
  const row = await readSpace(db, space)
  if (!row) throw new Error('the space is gone')
  return openSpace(db, author, row, { afterOps: 3, pause })
}

async function namesNow(): Promise<string[]> {
  const opened = await open()
  const names = [...opened.people.value.keys()].sort()
  opened.close()
  return names
}

const keptThrough = async () => (await db.snapshots.get(space))?.seq

async function keep(): Promise<void> {
  const opened = await open()
  await expect.poll(keptThrough).toBeGreaterThan(0)
  opened.close()
}

/** A person in the snapshot whom no page knows: with him on the screen, the snapshot was read. */
async function markSnapshot(): Promise<void> {
  const row = await db.snapshots.get(space)
  if (row) await db.snapshots.put({ ...row, pieces: row.pieces.map((piece) => piece.replaceAll('Ani', 'Tanda')) })
}

it('[S6] is made while nobody waits, and spares the next start the pages in it, not those behind it', async () => {
  await keep()
  expect(await keptThrough()).toBe(3)
  await markSnapshot()
  expect(await namesNow()).toEqual(['Budi', 'Citra', 'Tanda'])
  await read(['Dewi'])
  expect(await namesNow()).toEqual(['Budi', 'Citra', 'Dewi', 'Tanda'])
})

it('is read alone when no page is behind it', async () => {
  await keep()
  let pages = 0
  db.pages.hook('reading', (page) => {
    pages++
    return page
  })
  expect(await namesNow()).toEqual(['Ani', 'Budi', 'Citra'])
  expect(pages).toBe(0)
  await read(['Dewi'])
  expect(await namesNow()).toEqual(['Ani', 'Budi', 'Citra', 'Dewi'])
  expect(pages).toBeGreaterThan(0)
})

it('[S6] is believed by no other version, on no other log, and not when it is damaged', async () => {
  await keep()
  await markSnapshot()
  const whole = await db.snapshots.get(space)
  if (!whole) throw new Error('nothing was kept')
  const others = [{ version: whole.version + 1 }, { wentBack: 1 }, { seq: 4 }, { pieces: whole.pieces.slice(1) }]
  for (const other of others) {
    await db.snapshots.put({ ...whole, ...other })
    expect(await namesNow()).toEqual(['Ani', 'Budi', 'Citra'])
  }
})

it('[S7] is of no use once the device went back in the log', async () => {
  await keep()
  const held = await readSpace(db, space)
  if (held) await goBack(db, held, undefined, '')
  await read(['Eka'])
  expect(await namesNow()).toEqual(['Eka'])
  await read(['Farid', 'Gita', 'Hadi'])
  expect(await namesNow()).toEqual(['Eka', 'Farid', 'Gita', 'Hadi'])
})

it('is not made of what the log does not hold yet, and is once it does', async () => {
  const opened = await open()
  await expect.poll(keptThrough).toBe(3)
  const { body } = await opened.commit([setPerson('Farid', { name: 'Farid' })])
  await read(['Gita', 'Hadi', 'Indah'])
  await expect.poll(() => opened.people.value.size).toBe(7)
  await expect.poll(() => opened.progress.value.seq).toBe(6)
  expect(await keptThrough()).toBe(3)
  const marks = { chain: 'c', witness: 'w', backedUpThrough: 0, head: 7 }
  await appendPage(db, { space, epoch: 'e', after: 6, ops: [[1, dev, 1, 5_000, 5_000, body]], ...marks })
  await expect.poll(keptThrough).toBe(7)
  opened.close()
})

it('[S13] an op that is in it is not folded again from the outbox, where it has another time', async () => {
  const op = author.newOp(space, [setPerson('Ani', { name: 'Ani Contoh' })], 0)
  const row = await commitOp(db, op)
  await appendPage(db, {
    ...{ space, epoch: 'e', after: 3, chain: 'c', witness: 'w', backedUpThrough: 0, head: 5 },
    ops: [
      [1, dev, row.n, row.wall, 200, row.body],
      [1, 'O'.repeat(22), 9, 300, 300, JSON.stringify(['salt-later', ['s', 'person', 'Ani', { name: 'Ani, S.H.' }]])],
    ],
  })
  await keep()
  const opened = await open()
  expect(opened.people.value.get('Ani')?.name).toBe('Ani, S.H.')
  opened.close()
})

it('waits until the log is read to its end', async () => {
  let pieces = 0
  const opened = await open(async () => {
    pieces++
  })
  await expect.poll(keptThrough).toBe(3)
  const before = pieces
  await read(['Kiki', 'Lala', 'Mira'], 1)
  await expect.poll(() => opened.progress.value).toEqual({ seq: 6, head: 7 })
  expect(pieces).toBe(before)
  await read(['Nina'])
  await expect.poll(keptThrough).toBe(7)
  opened.close()
})

it('is left when something is saved meanwhile', async () => {
  const [began, paused] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const opened = await open(() => {
    began.resolve()
    return paused.promise
  })
  await began.promise
  await opened.commit([checkIn({ person: 'Ani', session: 's', method: 'facilitator' })])
  paused.resolve()
  await read(['Joko'])
  await expect.poll(() => opened.progress.value.seq).toBe(4)
  expect(await db.snapshots.count()).toBe(0)
  opened.close()
})

it('goes with the event when that is forgotten, also one that was under way', async () => {
  await keep()
  expect(await forgetSpace(db, { space, title: '' })).toBeUndefined()
  expect(await db.snapshots.count()).toBe(0)
  await writeSnapshot(db, { space, wentBack: 0, seq: 3, logged: new Map(), pieces: [] })
  expect(await db.snapshots.count()).toBe(0)
})

it('goes with the log when the device is an attendee`s from now on, also one that was under way', async () => {
  await keep()
  await applyGrants(db, [{ space, role: 'attendee', owner: 'o', certificate: 'c' }], false)
  expect(await db.snapshots.count()).toBe(0)
  await writeSnapshot(db, { space, wentBack: 0, seq: 3, logged: new Map(), pieces: [] })
  expect(await db.snapshots.count()).toBe(0)
})

it('[S9] is not made of a log with changes that only a newer version can read', async () => {
  const unknown: PackedOp = [1, 'N'.repeat(22), 1, 100, 100, JSON.stringify(['salt-of-new', ['x', 'later']])]
  const marks = { chain: 'c', witness: 'w', backedUpThrough: 0, head: 4 }
  await appendPage(db, { space, epoch: 'e', after: 3, ops: [unknown], ...marks })
  let pieces = 0
  const opened = await open(async () => {
    pieces++
  })
  expect(opened.unknownChanges.value).toBe(1)
  await read(['Dewi'])
  await expect.poll(() => opened.progress.value.seq).toBe(5)
  expect(pieces).toBe(0)
  opened.close()
})
