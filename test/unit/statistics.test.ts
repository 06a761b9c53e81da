import { expect, test } from 'vitest'
import { checkIn, readAttendance } from '../../src/core/attendance.ts'
import { fold } from '../../src/core/fold.ts'
import { readMerges, undoMerge } from '../../src/core/merge.ts'
import { readPeople, samePerson, setPerson } from '../../src/core/person.ts'
import { countArrivals, countInstitutions, countPresence } from '../../src/core/statistics.ts'
import { instantOf } from '../../src/core/time.ts'
import { write } from '../support/ops.ts'

const at = (time: string) => instantOf('2023-08-09', time, 'WITA')
const present = (person: string, represents = '') =>
  checkIn({ person, session: 's', method: 'facilitator', ...(represents && { represents }) })

const ops = [
  write('A', 1, [
    setPerson('a', { name: 'Budi', institution: 'Dinas', invited: true }),
    setPerson('b', { name: 'Siti', institution: 'Dinas', invited: true }),
    setPerson('c', { name: 'Rahmat', institution: 'Badan', invited: false }),
    setPerson('d', { name: 'Dihapus', institution: 'Dinas', invited: true, deleted: true }),
  ]),
  write('A', 2, [present('a', 'Kepala Dinas')], at('09:02')),
  write('A', 3, [present('c'), present('d')], at('09:31')),
]

function countsOf(written: typeof ops) {
  const space = fold(written)
  return { space, people: readPeople(space), attended: readAttendance(space).get('s') }
}

test('present are counted once each, deleted persons not at all', () => {
  const { people, attended } = countsOf(ops)
  expect(countPresence(people, attended)).toEqual({
    invited: 2,
    present: 2,
    invitedPresent: 1,
    represented: 1,
    walkIns: 1,
  })
  expect(countPresence(people, undefined)).toMatchObject({ invited: 2, present: 0 })
})

test('institutions come largest first', () => {
  const { people, attended } = countsOf(ops)
  expect(countInstitutions(people, attended)).toEqual([
    { institution: 'Dinas', people: 2, present: 1 },
    { institution: 'Badan', people: 1, present: 1 },
  ])
})

test('arrivals fall into buckets of a round length, the empty ones between included', () => {
  const { people, attended } = countsOf(ops)
  expect(countArrivals(people, attended)).toEqual(
    ['09:00', '09:05', '09:10', '09:15', '09:20', '09:25', '09:30'].map((time) => ({
      from: at(time),
      count: time === '09:00' || time === '09:30' ? 1 : 0,
    })),
  )
  expect(countArrivals(people, attended, 3).map(({ from }) => from)).toEqual([at('09:00'), at('09:15'), at('09:30')])
  expect(countArrivals(people, undefined)).toEqual([])
})

test('arrivals years apart, as clocks may say, still fit', () => {
  const late = write('A', 4, [present('b')], at('09:00') + 20 * 365 * 86_400_000)
  const { people, attended } = countsOf([...ops, late])
  const buckets = countArrivals(people, attended)
  expect(buckets.length).toBeLessThanOrEqual(24)
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3)
})

test('a merge names its records and is parted by its own facts only', () => {
  const merging = [write('B', 1, [samePerson('b', 'a')]), write('C', 1, [samePerson('c', 'b')])]
  const { space } = countsOf([...ops, ...merging])
  const merge = readMerges(space).get('a')
  expect(merge?.records.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c'])
  expect(readMerges(space).size).toBe(1)
  if (!merge) return
  const parted = [...ops, ...merging, write('A', 5, [undoMerge(merge, 'Bukan orang yang sama')], at('10:00'))]
  expect([...readPeople(fold(parted)).keys()].sort()).toEqual(['a', 'b', 'c'])
})
