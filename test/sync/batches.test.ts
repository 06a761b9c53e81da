import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { writeMeta } from '../../src/client/db/meta.ts'
import { outboxRows } from '../../src/client/db/outbox.ts'
import { createDatabase, type DeviceRow, type OutboxRow } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { lastLink } from '../../src/client/sync/carry.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { toBase64Url } from '../../src/core/bytes.ts'
import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Failure } from '../../src/protocol/failure.ts'
import type { PushAnswer, PushRequest } from '../../src/protocol/push.ts'

const space = 'S'.repeat(22)
const unsent = 3_600

/** A device with unsent ops, behind a line that takes its time and a server that commits whatever comes. */
async function openDevice(msPerPush: number, mostOps = unsent) {
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  const device = await makeDevice('Ponsel', 'Uji')
  await writeMeta(db, device)
  const rows = Array.from({ length: unsent }, (_, i): OutboxRow => {
    return { space, dev: device.dev, n: i + 1, v: 1, wall: i, at: i, body: `["saltsalt${i}"]`, state: 'local' }
  })
  await db.outbox.bulkAdd(rows)
  let now = 0
  const pushed: PushRequest[] = []
  const answer = ({ ops }: PushRequest): PushAnswer => ({
    now,
    epoch: 'E'.repeat(22),
    backedUpThrough: 0,
    results: ops.map(([n, , at]) => ({ state: 'committed', n, seq: n, at })),
  })
  const link = {
    ...createHttpLink(),
    push: async (_: string, request: PushRequest): Promise<Result<PushAnswer, Failure>> => {
      now += msPerPush
      if (request.ops.length > mostOps) return fail({ kind: 'badRequest' })
      pushed.push(request)
      return ok(answer(request))
    },
  }
  const renewDevice = async (forked: DeviceRow) => ok(forked)
  const parts = { db, link, renewDevice, wall: () => now }
  return { parts, pushed, answer, unsent: async () => (await outboxRows(db, space, 'local')).length }
}

const sizes = (pushed: PushRequest[]) => pushed.map(({ ops }) => ops.length)

/** Whether the pushes are one chain without gaps, each going on from the one before. */
function expectOneChain(pushed: PushRequest[]): void {
  expect(pushed.flatMap(({ ops }) => ops.map(([n]) => n))).toEqual(Array.from({ length: unsent }, (_, i) => i + 1))
  const ends = pushed.map((request) => toBase64Url(lastLink(space, request)))
  expect(pushed.slice(1).map(({ previous }) => previous)).toEqual(ends.slice(0, -1))
}

it('a quick line is given more at a time, within what a server takes', async () => {
  const device = await openDevice(100)
  expect(await pushSpace(device.parts, space)).toBeUndefined()
  expect(sizes(device.pushed)).toEqual([500, 500, 1_000, 1_600])
  expectOneChain(device.pushed)
  expect(await device.unsent()).toBe(0)
})

it('a slow line is never given more than may be lost with it', async () => {
  const device = await openDevice(5_000)
  expect(await pushSpace(device.parts, space)).toBeUndefined()
  expect(sizes(device.pushed)).toEqual([...Array.from({ length: 7 }, () => 500), 100])
  expectOneChain(device.pushed)
})

it('a server that takes less is given less, and has all of it after some rounds', async () => {
  const device = await openDevice(100, 500)
  const failures: (Failure | undefined)[] = []
  do failures.push(await pushSpace(device.parts, space))
  while (failures.at(-1))
  expect(failures.slice(0, -1).every((failure) => failure?.kind === 'badRequest')).toBe(true)
  expectOneChain(device.pushed)
  expect(await device.unsent()).toBe(0)
})

it('[S5] while one batch is on its way the next is made ready, and waits for the word on it', async () => {
  const device = await openDevice(0)
  const line = Promise.withResolvers<void>()
  const ready: PushRequest[] = []
  const second = Promise.withResolvers<void>()
  const parts = {
    ...device.parts,
    link: {
      ...device.parts.link,
      prepare: (request: PushRequest) => {
        ready.push(request)
        if (ready.length === 2) second.resolve()
      },
      push: async (to: string, request: PushRequest) => {
        await line.promise
        return device.parts.link.push(to, request)
      },
    },
  }
  const pushing = pushSpace(parts, space)
  await second.promise
  expect([ready.length, device.pushed.length, await device.unsent()]).toEqual([2, 0, unsent])
  line.resolve()
  expect(await pushing).toBeUndefined()
  expect(device.pushed).toEqual(ready)
  expectOneChain(ready)
})

it('[S5] an answer that does not name what was sent is no yes, and the server is not taken for one', async () => {
  const { parts, answer, unsent: waiting } = await openDevice(0)
  const push = async (_: string, request: PushRequest) => ok({ ...answer(request), results: [] })
  const link = { ...parts.link, push }
  expect(await pushSpace({ ...parts, link }, space)).toEqual({ kind: 'notHadir' })
  expect(await waiting()).toBe(unsent)
})

it('[S4] each op is what the answer says of its number, in whatever order', async () => {
  const { parts, answer } = await openDevice(0)
  const push = async (_: string, request: PushRequest) => {
    const { results, ...rest } = answer(request)
    return ok({ ...rest, results: results.toReversed() })
  }
  expect(await pushSpace({ ...parts, link: { ...parts.link, push } }, space)).toBeUndefined()
  expect((await sentAbove(parts.db, space, 0)).filter(({ n, seq }) => n !== seq)).toEqual([])
})

it('[S8] a batch ends where a number is not in it, so that its links are the same when it is sent again', async () => {
  const { parts, pushed } = await openDevice(0)
  await parts.db.outbox.filter(({ n }) => n === 3).modify({ state: 'parked' })
  expect(await pushSpace(parts, space)).toBeUndefined()
  expect([pushed[0]?.ops.at(-1)?.[0], pushed[1]?.ops[0]?.[0]]).toEqual([2, 4])
})

it('[S2] however many ops are parked in front, what was written behind them is sent', async () => {
  const { parts, pushed } = await openDevice(0)
  const parked = (await outboxRows(parts.db, space, 'local', 2_500)).map((row) => ({
    ...row,
    state: 'parked' as const,
  }))
  await parts.db.outbox.bulkPut(parked)
  expect(await pushSpace(parts, space)).toBeUndefined()
  expect(pushed[0]?.ops[0]?.[0]).toBe(2_501)
  expect(sizes(pushed).reduce((sum, size) => sum + size)).toBe(unsent - parked.length)
})
