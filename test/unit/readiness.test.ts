import { describe, expect, test } from 'vitest'
import { type Facts, judgeReadiness } from '../../src/client/ui/screens/readiness/needs.ts'
import { ageParts } from '../../src/client/ui/status/age.ts'
import { isStuck } from '../../src/client/ui/status/alarm.ts'

const now = 1_800_000_000_000
const minuteMs = 60_000
const ready: Facts = {
  people: 60,
  progress: { seq: 12, head: 12 },
  appCache: { state: 'controlled', missing: 0 },
  updateWasFull: false,
  readsCodes: true,
  storage: { persisted: true, freeBytes: 1e9 },
  clockOffsetMs: 1200,
  clockMeasuredAt: now - minuteMs,
  enrolled: true,
  files: { count: 0, missing: 0 },
  unsent: { count: 0, parked: 0 },
  now,
}

describe('readiness', () => {
  test('is green when nothing is left to do', () => {
    const { met, needs } = judgeReadiness(ready)
    expect(needs).toEqual([])
    expect(met).toHaveLength(8)
    expect(judgeReadiness({ ...ready, files: { count: 2, missing: 0 } }).met.at(-1)).toBe('files')
  })

  test('of an event that is only on this device asks for no more than it has', () => {
    expect(judgeReadiness({ ...ready, progress: { seq: 0, head: 0 } }).needs).toEqual([])
  })

  test('takes a browser at its word that does not say how much room there is', () => {
    expect(judgeReadiness({ ...ready, storage: { persisted: true, freeBytes: undefined } }).needs).toEqual([])
  })

  test.each<[string, Partial<Facts>, string]>([
    ['half of the log', { progress: { seq: 6, head: 12 } }, 'eventPart'],
    ['nobody on the list', { people: 0 }, 'noPeople'],
    ['a file of the app that was cleared', { appCache: { state: 'controlled', missing: 1 } }, 'appMissing'],
    ['a page without a worker', { appCache: { state: 'notControlled' } }, 'appNotControlled'],
    ['a browser without workers', { appCache: { state: 'unsupported' } }, 'appUnsupported'],
    ['an update that found no room', { updateWasFull: true }, 'updateFull'],
    ['a decoder that does not run', { readsCodes: false }, 'scannerFails'],
    ['storage that may be cleared', { storage: { persisted: false, freeBytes: 1e9 } }, 'notPersisted'],
    ['a browser that does not promise', { storage: { persisted: undefined, freeBytes: 1e9 } }, 'notPersisted'],
    ['a full phone', { storage: { persisted: true, freeBytes: 1e6 } }, 'little'],
    ['a clock six minutes slow', { clockOffsetMs: 6 * minuteMs }, 'clockWrong'],
    ['a clock a year fast', { clockOffsetMs: -365 * 1440 * minuteMs }, 'clockWrong'],
    ['a device that is signed out', { enrolled: false }, 'notEnrolled'],
    ['no contact since the day before', { clockMeasuredAt: now - 25 * 60 * minuteMs }, 'contactOld'],
    ['unsent work', { unsent: { count: 1, parked: 0 } }, 'unsent'],
    ['materials that are not here', { files: { count: 3, missing: 1 } }, 'filesMissing'],
    ['parked work', { unsent: { count: 0, parked: 1 } }, 'parked'],
  ])('names %s', (_, change, need) => {
    expect(judgeReadiness({ ...ready, ...change }).needs).toEqual([need])
  })

  test('of a device that never reached the server misses its clock and its contact', () => {
    expect(judgeReadiness({ ...ready, clockMeasuredAt: undefined }).needs).toEqual(['clockUnknown', 'contactOld'])
  })
})

describe('the alarm', () => {
  const old = { count: 1, oldestWall: now - 15 * minuteMs }

  test('rings when work stands still for 15 minutes although the server answers', () => {
    expect(isStuck(old, now, true)).toBe(true)
  })

  test.each<[string, { count: number; oldestWall: number }, boolean]>([
    ['without a network', old, false],
    ['for younger work', { ...old, oldestWall: now - 15 * minuteMs + 1 }, true],
    ['without work', { count: 0, oldestWall: Number.POSITIVE_INFINITY }, true],
    ['for a clock that was set back', { ...old, oldestWall: now + minuteMs }, true],
  ])('is silent %s', (_, unsent, isContactFresh) => {
    expect(isStuck(unsent, now, isContactFresh)).toBe(false)
  })
})

test.each([
  ['under a minute', 59_999, 'now', 0],
  ['a clock that was set back', -3 * 24 * 60 * minuteMs, 'now', 0],
  ['nothing unsent', Number.NEGATIVE_INFINITY, 'now', 0],
  ['a minute', minuteMs, 'minutes', 1],
  ['an hour but a moment', 60 * minuteMs - 1, 'minutes', 59],
  ['an hour', 60 * minuteMs, 'hours', 1],
  ['two days but a moment', 48 * 60 * minuteMs - 1, 'hours', 47],
  ['two days', 48 * 60 * minuteMs, 'days', 2],
])('the age of unsent work, %s, is told in the largest whole unit', (_, ageMs, unit, count) => {
  expect(ageParts(ageMs)).toEqual({ unit, count })
})
