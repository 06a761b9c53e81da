import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { addCarried, settleCarried, waitingCarried } from '../../src/client/db/carried.ts'
import { eraseAll, eraseEnded } from '../../src/client/db/ended.ts'
import { readDevice } from '../../src/client/db/meta.ts'
import { acknowledge, commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import { appendPage, goBack, type ReceivedPage } from '../../src/client/db/pages.ts'
import { createDatabase, type Database, type PackedOp, schemaEpoch } from '../../src/client/db/schema.ts'
import { applyGrants, newSpaceRow } from '../../src/client/db/spaces.ts'
import { enterSpace } from '../../src/client/db/views.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { openSpace } from '../../src/client/state/openSpace.ts'
import { createSpaces } from '../../src/client/state/spaces.ts'
import { createClock } from '../../src/client/sync/clock.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { nextBatch, sealBatch } from '../../src/client/sync/seal.ts'
import { setPerson } from '../../src/core/person.ts'
import { ok } from '../../src/core/result.ts'
import { maxRecoverBytes } from '../../src/protocol/limits.ts'

Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

const space = 'S'.repeat(22)
const dev = 'D'.repeat(22)
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

function memory(indexedDB = new IDBFactory(), name = 'hadir'): Database {
  return createDatabase(name, { indexedDB, IDBKeyRange })
}

function authorAt(wall: () => number, offsetMs = () => 0) {
  return createAuthor({ dev: () => dev, wall, offsetMs, random: randomBytes, onCommit: () => undefined })
}

const person = (name: string) => [setPerson('p', { name })]

function page(after: number, names: string[], at: number): ReceivedPage {
  const ops = names.map((name, i): PackedOp => {
    const body = JSON.stringify([`salt-of-${name}`, ['s', 'person', name, { name }]])
    return [1, 'O'.repeat(22), after + i + 1, at, at, body]
  })
  const chain = `chain-${names.join()}`
  return { space, epoch: 'e', after, head: after + names.length, chain, witness: 'w', backedUpThrough: 0, ops }
}

it('a clock that was put right is believed at once, whatever it said before', async () => {
  const db = memory()
  const yearsMs = 50 * 365 * 86_400_000
  await commitOp(db, authorAt(() => 1_000 + yearsMs).newOp(space, person('Ani'), 0))
  const after = await commitOp(db, authorAt(() => 2_000).newOp(space, person('Ani Contoh'), 0))
  expect([after.n, after.at]).toEqual([2, 2_000])
})

it('an edit is later than all that its author had seen, also on a phone whose clock is behind', async () => {
  const db = memory()
  const row = newSpaceRow(space, 'facilitator')
  await db.spaces.add(row)
  await appendPage(db, page(0, ['Ani'], 9_000))
  const opened = await openSpace(
    db,
    authorAt(() => 5_000),
    row,
  )
  await opened.commit([setPerson('Ani', { name: 'Ani Contoh' })])
  expect(opened.people.value.get('Ani')?.name).toBe('Ani Contoh')
  opened.close()
})

it('[S1] a change that the disk refuses is not saved, and the next one takes its number', async () => {
  const db = memory()
  const author = authorAt(() => 1_000)
  const refuse = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  db.outbox.hook('creating', refuse)
  await expect(commitOp(db, author.newOp(space, person('Ani'), 0))).rejects.toThrow('full')
  db.outbox.hook('creating').unsubscribe(refuse)
  expect((await commitOp(db, author.newOp(space, person('Ani'), 0))).n).toBe(1)
  expect(await db.outbox.count()).toBe(1)
})

it('[S8] a number that another tab gave, and whose op was sent since, is not given a second time', async () => {
  const engine = new IDBFactory()
  const [one, two] = [memory(engine), memory(engine)]
  const author = authorAt(() => 1_000)
  const commit = (db: Database, name: string) => commitOp(db, author.newOp(space, person(name), 0))
  await commit(one, 'Ani')
  const theirs = [await commit(two, 'Budi'), await commit(two, 'Citra')]
  await acknowledge(
    two,
    theirs.map((row) => ({ ...row, state: 'sent', link: `link ${row.n}`, previous: `link ${row.n - 1}`, seq: row.n })),
  )
  expect((await commit(one, 'Dewi')).n).toBe(4)
  expect((await outboxRows(one, space, 'local')).map(({ n }) => n)).toEqual([1, 4])
})

it('what is saved in an event that was forgotten here and came back shows at once', async () => {
  const db = memory()
  const row = newSpaceRow(space, 'facilitator')
  await db.spaces.add(row)
  const { ops, ...rest } = page(0, ['Ani', 'Budi'], 100)
  const own = ops.map(([v, , n, wall, at, body]): PackedOp => [v, dev, n, wall, at, body])
  await appendPage(db, { ...rest, ops: own })
  const author = authorAt(() => 5_000)
  const opened = await openSpace(db, author, row)
  await opened.commit([setPerson('Citra', { name: 'Citra' })])
  expect([...opened.people.value.keys()]).toEqual(['Ani', 'Budi', 'Citra'])
  expect((await outboxRows(db, space, 'local')).map(({ n }) => n)).toEqual([3])
  opened.close()
})

it('[S11] an event that a phone was sent away from and comes into again is not erased', async () => {
  const db = memory()
  const attendee = { space, role: 'attendee', owner: 'o', certificate: 'c' } as const
  await enterSpace(db, attendee, 'CODE')
  await applyGrants(db, [], false, [space])
  await enterSpace(db, attendee, 'CODE')
  expect(await eraseEnded(db, space, 1_000)).toBe(false)
  expect(await db.spaces.count()).toBe(1)
})

it('[S11] what the server would not take, of its log or of another device, is not erased with a right that ended', async () => {
  const db = memory()
  await db.spaces.add({ ...newSpaceRow(space, 'facilitator'), revoked: true, ended: true })
  const lost = { space, epoch: 'e', after: 0, count: 1, before: '', chain: 'c', witness: 'w', ops: '[]', refused: true }
  await db.lostPages.add(lost)
  expect(await eraseAll(db, 1_000)).toBe(false)
  await db.lostPages.clear()
  const batch = { space, dev, link: 'l', v: 1, previous: '', signature: '', from: 'file', takenAt: 1 } as const
  await addCarried(db, [{ ...batch, ops: [[1, 1, 1, 'b']] }])
  expect(await eraseEnded(db, space, 1_000)).toBe(false)
  const [row] = await waitingCarried(db, space)
  if (row) await settleCarried(db, row, [{ reason: 'unknownAuthor' }])
  expect(await eraseEnded(db, space, 1_000)).toBe(false)
  expect([await db.spaces.count(), await db.carried.count()]).toEqual([1, 1])
})

it('[S11] an event whose right was taken and given again is read again', async () => {
  const db = memory()
  await db.spaces.add({ ...newSpaceRow(space, 'facilitator'), epoch: 'e' })
  await applyGrants(db, [], false)
  expect((await db.spaces.get(space))?.revoked).toBe(true)
  await applyGrants(db, [{ space, role: 'facilitator' }], false)
  expect((await db.spaces.get(space))?.revoked).toBe(false)
})

it('[S6] [S7] what belongs together is written together or not at all', async () => {
  const db = memory()
  const held = newSpaceRow(space, 'facilitator')
  await db.spaces.add(held)
  const row = await commitOp(db, authorAt(() => 1_000).newOp(space, person('Ani'), 0))
  const refuse = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  db.spaces.hook('updating', refuse)
  db.outbox.hook('deleting', refuse)
  await expect(appendPage(db, page(0, ['Ani'], 100))).rejects.toThrow('full')
  await expect(acknowledge(db, [{ ...row, state: 'sent', seq: 1 }])).rejects.toThrow('full')
  expect([await db.pages.count(), await db.sent.count()]).toEqual([0, 0])
  db.spaces.hook('updating').unsubscribe(refuse)
  await appendPage(db, page(0, ['Ani'], 100))
  db.spaces.hook('updating', refuse)
  await expect(goBack(db, { ...held, seq: 1 }, undefined, '')).rejects.toThrow('full')
  expect([await db.pages.count(), await db.lostPages.count()]).toEqual([1, 0])
})

it('[S7] a page that was asked for before another tab found the server put back is left aside', async () => {
  const db = memory()
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  expect(await appendPage(db, { ...page(0, ['Ani'], 100), epoch: 'after' })).toBe(true)
  expect(await appendPage(db, { ...page(1, ['Budi'], 100), epoch: 'before' })).toBe(false)
  expect((await db.spaces.get(space))?.seq).toBe(1)
})

it('[S7] an open event follows a log that went back, also when the tab slept meanwhile', async () => {
  const db = memory()
  const row = newSpaceRow(space, 'facilitator')
  await db.spaces.add(row)
  await appendPage(db, page(0, ['Ani', 'Budi'], 100))
  const opened = await openSpace(
    db,
    authorAt(() => 5_000),
    row,
  )
  expect([...opened.people.value.keys()]).toEqual(['Ani', 'Budi'])
  /** One transaction, so that the tab hears of it once, when all is over. */
  await db.transaction(
    'rw',
    [db.meta, db.spaces, db.pages, db.lostPages, db.outbox, db.sent, db.carried, db.ballots],
    async () => {
      const held = await db.spaces.get(space)
      if (held) await goBack(db, held, undefined, '')
      await appendPage(db, page(0, ['Citra', 'Dewi'], 100))
    },
  )
  await expect.poll(() => [...opened.people.value.keys()]).toEqual(['Citra', 'Dewi'])
  opened.close()
})

it('[S9] a tab whose database a newer version upgrades meanwhile writes no more', async () => {
  const engine = new IDBFactory()
  const older = memory(engine)
  await commitOp(older, authorAt(() => 1_000).newOp(space, person('Ani'), 0))
  const newer = new Dexie('hadir', { indexedDB: engine, IDBKeyRange })
  newer.version(older.verno + 1).stores({ meta: 'key' })
  await newer.table('meta').put({ key: 'schema', epoch: schemaEpoch + 1 })
  await expect(commitOp(older, authorAt(() => 2_000).newOp(space, person('Budi'), 0))).rejects.toThrow('newer version')
})

it('an event that could not be read is read at the next visit', async () => {
  const db = memory()
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  await appendPage(db, page(0, ['Ani'], 100))
  const whole = await db.pages.toArray()
  await db.pages.bulkPut(whole.map((torn) => ({ ...torn, ops: 'torn' })))
  const spaces = createSpaces(
    db,
    authorAt(() => 5_000),
    randomBytes,
  )
  await expect(spaces.open(space)).rejects.toThrow(SyntaxError)
  await db.pages.bulkPut(whole)
  const opened = await spaces.open(space)
  expect(opened?.people.value.get('Ani')?.name).toBe('Ani')
  opened?.close()
})

it('[S10] a full disk costs no answer, and a clock that was put back while we waited measures nothing', async () => {
  const db = memory()
  const clock = await createClock(db)
  db.meta.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await clock.observe(1_000, 1_200, 61_100)
  expect(clock.offsetMs()).toBe(60_000)
  await clock.observe(90_000_000, 3_600_000, 61_100)
  expect(clock.offsetMs()).toBe(60_000)
})

it('[S7] pages are joined only while a server can take them back whole', async () => {
  const db = memory()
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  for (let after = 0; after < 6; after++) await appendPage(db, page(after, ['x'.repeat(200_000)], 100))
  const lengths = (await db.pages.toArray()).map(({ ops }) => ops.length)
  expect(lengths.length).toBeGreaterThan(1)
  expect(Math.max(...lengths) * 2).toBeLessThan(maxRecoverBytes)
  await appendPage(db, page(6, ['kecil'], 100))
  expect(await db.pages.count()).toBe(lengths.length)
})

it('what an older version of the app wrote is sealed as that version', async () => {
  const device = await makeDevice('Uji', 'Uji')
  const row = { space, dev: device.dev, wall: 1, at: 1, body: '["saltsalt"]', state: 'local' as const }
  const rows = [1, 2, 3].map((n) => ({ ...row, n, v: n < 3 ? 1 : 2 }))
  const batch = nextBatch(rows)
  expect(batch.map(({ n }) => n)).toEqual([1, 2])
  expect((await sealBatch(device, batch, undefined)).request.v).toBe(1)
  expect((await sealBatch(device, nextBatch(rows.slice(2)), undefined)).request.v).toBe(2)
})

it('enrols one time after the other, so that no cookie overtakes the one that holds', async () => {
  let [running, most, enrolled] = [0, 0, false]
  const refusing = createHttpLink('/api/v1', async () => Response.json({ kind: 'serverError' }, { status: 500 }))
  const db = memory()
  const account = { name: 'Wati Contoh', email: 'wati@contoh.example' }
  const identity = await createIdentity({
    db,
    deviceName: 'Ponsel',
    onChange: () => undefined,
    link: {
      ...refusing,
      session: async () => {
        const device = enrolled ? { dev: (await readDevice(db))?.dev ?? '', name: 'Ponsel', holder: '' } : null
        return ok({ now: 1, account, device, organizer: false, spaces: [], issuer: 'A'.repeat(87), needsSetup: false })
      },
      enrol: async () => {
        most = Math.max(most, ++running)
        for (let i = 0; i < 20; i++) await readDevice(db)
        running--
        enrolled = true
        return ok({ dev, issuer: 'A'.repeat(87), granted: null, view: null })
      },
    },
  })
  await Promise.all([identity.refresh(), identity.enrol({}), identity.refresh()])
  expect(most).toBe(1)
})
