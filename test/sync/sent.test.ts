import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { acknowledge, offerAgain, outboxRows, readLast, readRows, rowBefore } from '../../src/client/db/outbox.ts'
import { appendPage } from '../../src/client/db/pages.ts'
import { createDatabase, type OutboxRow, type PackedOp } from '../../src/client/db/schema.ts'
import { sentAbove, unpackRun } from '../../src/client/db/sent.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'

const space = 'SSSSSSSSSSSSSSSSSSSSSS'
const dev = 'DDDDDDDDDDDDDDDDDDDDDD'
const most = 12

const local = (n: number): OutboxRow => ({ space, dev, n, v: 1, wall: n, at: n, body: `body ${n}`, state: 'local' })

/** The server's word on an op; places in the log need not rise with the numbers. */
const sent = (n: number): OutboxRow => ({
  ...local(n),
  state: 'sent',
  link: `link ${n}`,
  previous: `link ${n - 1}`,
  seq: ((n * 7) % most) + 1,
  finalAt: n - 0.5,
})

type Step = { type: 'acknowledge' | 'offer'; from: number; count: number }
const steps = fc.array(
  fc.record({
    type: fc.constantFrom<Step['type']>('acknowledge', 'acknowledge', 'offer'),
    from: fc.integer({ min: 1, max: most }),
    count: fc.integer({ min: 1, max: most }),
  }),
  { maxLength: 12 },
)

const range = ({ from, count }: Step) => Array.from({ length: Math.min(count, most - from + 1) }, (_, i) => from + i)

it('whatever is acknowledged, also by two tabs, and offered again, each op is in one place and as it was', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (done) => {
      const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
      const all = Array.from({ length: most }, (_, i) => i + 1)
      await db.outbox.bulkAdd(all.map(local))
      const isSent = new Set<number>()
      for (const step of done) {
        if (step.type === 'acknowledge') {
          await acknowledge(db, range(step).map(sent))
          for (const n of range(step)) isSent.add(n)
        } else {
          const rows = (await sentAbove(db, space, 0)).filter(({ n }) => range(step).includes(n))
          const tables = [db.outbox, db.sent, db.ballots]
          if (rows.length > 0) await db.transaction('rw', tables, () => offerAgain(db, space, rows))
          for (const n of range(step)) isSent.delete(n)
        }
      }
      const waiting = await outboxRows(db, space, 'local')
      expect(waiting.map(({ n }) => n)).toEqual(all.filter((n) => !isSent.has(n)))
      expect(await sentAbove(db, space, 0)).toEqual(all.filter((n) => isSent.has(n)).map(sent))
      expect((await sentAbove(db, space, 5)).map(({ n }) => n)).toEqual(
        all.filter((n) => isSent.has(n) && (sent(n).seq ?? 0) > 5),
      )
      expect(await readLast(db, space, dev)).toBe(most)
      for (const run of await db.sent.toArray()) expect(unpackRun(run).at(-1)?.n).toBe(run.n)
      const found = await readRows(
        db,
        all.map((n) => [space, dev, n]),
      )
      expect(found.map(({ n, body }) => [n, body])).toEqual(all.map((n) => [n, `body ${n}`]))
      for (const n of isSent) expect((await rowBefore(db, local(n + 1)))?.link).toBe(`link ${n}`)
      db.close()
    }),
    { numRuns: 60 },
  )
})

it('what the log alone has told of keeps its number, and the next one the seal that it was given', async () => {
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.outbox.bulkAdd([1, 2, 3, 4].map(local))
  const unsealed = [1, 3].map((n): OutboxRow => ({ ...sent(n), link: '', previous: '' }))
  await acknowledge(db, [...unsealed, sent(4)])
  expect(await sentAbove(db, space, 0)).toEqual([...unsealed, sent(4)])
  expect((await outboxRows(db, space, 'local')).map(({ n }) => n)).toEqual([2])
  db.close()
})

it('what a slower tab is told of an op that was sent since does not bring it back', async () => {
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.outbox.bulkAdd([1, 2, 3].map(local))
  await acknowledge(db, [1, 2, 3].map(sent))
  await acknowledge(db, [{ ...local(3), state: 'parked', parkedFor: 'notAllowed' }])
  expect(await db.outbox.count()).toBe(0)
  expect(await sentAbove(db, space, 0)).toEqual([1, 2, 3].map(sent))
  db.close()
})

it('[S7] what the log holds on a page that is still to come is not called unsent meanwhile', async () => {
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  await db.outbox.add(local(1))
  await acknowledge(db, [{ ...sent(1), seq: 3 }])
  const page = { space, epoch: 'e', chain: 'c', witness: '', backedUpThrough: 0, head: 3 }
  const others = [1, 2].map((n): PackedOp => [1, 'OTHEROTHEROTHEROTHEROT', n, 1, 1, `body ${n}`])
  await appendPage(db, { ...page, after: 0, ops: others })
  expect(await db.outbox.count()).toBe(0)
  await appendPage(db, { ...page, after: 2, ops: [[1, 'OTHEROTHEROTHEROTHEROT', 3, 1, 1, 'body 3']] })
  expect(await outboxRows(db, space, 'local')).toMatchObject([{ n: 1 }])
  db.close()
})
