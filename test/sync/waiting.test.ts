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

/** An engine of a visible page, whose rounds ask the server who we are. */
function openEngine(refreshSession: () => Promise<Failure | undefined>, isAlone = () => true) {
  return createEngine({
    db: createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange }),
    link: createHttpLink(),
    isEnrolled: () => false,
    renewDevice: async () => fail({ kind: 'offline' }),
    leave: async () => undefined,
    refreshSession,
    wall: Date.now,
    random: () => 0,
    isVisible: () => true,
    exclusively: async (round) => {
      if (isAlone()) await round()
      return isAlone()
    },
    onStatus: () => undefined,
  })
}

it('[S12] a tab that finds another one in a round has its turn later by itself', async () => {
  let [asked, isAlone] = [0, false]
  const refresh = async () => void asked++
  const engine = openEngine(refresh, () => isAlone)
  await engine.syncNow()
  isAlone = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBeGreaterThan(0)
  engine.stop()
})

it('[S12] a time to wait that the server named is waited, unless a person asks', async () => {
  let failure: Failure = { kind: 'tooMany', retryAfterMs: 60_000 }
  let asked = 0
  const engine = openEngine(async () => {
    asked++
    return failure
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

it('[S12] who asked while the round was under way that was told to wait, waits too', async () => {
  let asked = 0
  let answer: (failure: Failure) => void = () => undefined
  const engine = openEngine(() => {
    asked++
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  engine.trigger('start')
  await vi.advanceTimersByTimeAsync(0)
  engine.trigger('visible')
  answer({ kind: 'tooMany', retryAfterMs: 60_000 })
  await vi.advanceTimersByTimeAsync(59_000)
  expect(asked).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toBe(2)
  engine.stop()
})

it('[S12] what one event does not take for a while keeps nothing else waiting', async () => {
  let asked = 0
  const engine = openEngine(async () => {
    asked++
    return { kind: 'shareUsed', retryAfterMs: 600_000 }
  })
  await engine.syncNow()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBeGreaterThan(1)
  engine.stop()
})

it('who asks during a round that ends in a bug gets the next one all the same, and so does who asks later', async () => {
  const bugs: ((bug: Error) => void)[] = []
  const engine = openEngine(() => new Promise((_, reject) => bugs.push(reject)))
  for (const round of [0, 1]) {
    const [first, next] = [engine.syncNow(), engine.syncNow()]
    await vi.waitUntil(() => bugs.length === 2 * round + 1)
    bugs[2 * round]?.(new Error('first'))
    await expect(first).rejects.toThrow('first')
    await vi.waitUntil(() => bugs.length === 2 * round + 2)
    bugs[2 * round + 1]?.(new Error('next'))
    await expect(next).rejects.toThrow('next')
  }
  engine.stop()
})
