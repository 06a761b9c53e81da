import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { createEngine, type Trigger } from '../../src/client/sync/engine.ts'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { fail } from '../../src/core/result.ts'
import type { Failure } from '../../src/protocol/failure.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('[S12] a time to wait that the server named is waited, unless a person asks', async () => {
  let failure: Failure = { kind: 'tooMany', retryAfterMs: 60_000 }
  let asked = 0
  const engine = createEngine({
    db: createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange }),
    link: createHttpLink(),
    isEnrolled: () => false,
    renewDevice: async () => fail(failure),
    leave: async () => undefined,
    refreshSession: async () => {
      asked++
      return failure
    },
    wall: Date.now,
    random: () => 0,
    isVisible: () => true,
    exclusively: async (round) => {
      await round()
      return true
    },
    onStatus: () => undefined,
  })
  await engine.syncNow()
  const impatient: Trigger[] = ['commit', 'visible', 'online']
  for (const why of impatient) engine.trigger(why)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(asked).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toBe(2)
  failure = { kind: 'serverError' }
  engine.trigger('person')
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toBe(3)
  engine.trigger('commit')
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toBe(4)
  engine.stop()
})
