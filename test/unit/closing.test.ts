import { expect, test } from 'vitest'
import { checkIn, readAttendance } from '../../src/core/attendance.ts'
import { closeList, isLate, reopenList } from '../../src/core/closing.ts'
import { readSessions, setSession } from '../../src/core/event.ts'
import { fold } from '../../src/core/fold.ts'
import { viewOf } from '../../src/core/view.ts'
import { shuffled, type Written, write } from '../support/ops.ts'

const seen = (person: string, lateReason = '') => checkIn({ person, session: 's', method: 'facilitator', lateReason })
const log = [
  write('office', 1, [setSession('s', { title: 'Pagi', day: '2026-11-24' })], 1),
  write('hall', 1, [seen('onTime')], 90),
  write('office', 2, [closeList('s')], 100),
  write('hall', 2, [seen('same')], 100),
  write('hall', 3, [seen('told', 'Macet di jalan')], 110),
  write('village', 1, [seen('untold')], 120),
]

/** Who is late at the session, and why, in any order of arrival. */
function lateIn(ops: Written[]) {
  const space = fold(ops)
  const [session] = readSessions(space)
  const attended = [...(readAttendance(space).get('s')?.values() ?? [])]
  const late = attended.filter((one) => isLate(session, one)).map(({ person, lateReason }) => [person, lateReason])
  return { closedAt: session?.closed?.at, late: late.sort() }
}

test('who is recorded after the closing is late, with the reason that was given, or without one', () => {
  const expected = {
    closedAt: 100,
    late: [
      ['told', 'Macet di jalan'],
      ['untold', ''],
    ],
  }
  for (const seed of [1, 2, 3]) expect(lateIn(shuffled(log, seed))).toEqual(expected)
})

test('what was recorded before the closing and arrives after it is not late', () => {
  const arrived = [...log, write('village', 2, [seen('offline')], 99)]
  expect(lateIn(arrived).late.map(([person]) => person)).toEqual(['told', 'untold'])
})

test('who was recorded twice came at the earlier time', () => {
  const twice = [...log, write('village', 2, [seen('told')], 95)]
  expect(lateIn(twice).late).toEqual([['untold', '']])
})

test('opened again, only those stay marked whose reason was asked; closed again, it is from then on', () => {
  const reopened = [...log, write('office', 3, [reopenList('s', 'Ditutup terlalu awal')], 130)]
  expect(lateIn(reopened)).toEqual({ closedAt: undefined, late: [['told', 'Macet di jalan']] })
  const again = [...reopened, write('office', 4, [closeList('s')], 140), write('hall', 4, [seen('last')], 141)]
  expect(lateIn(again)).toEqual({
    closedAt: 140,
    late: [
      ['last', ''],
      ['told', 'Macet di jalan'],
    ],
  })
})

test("an attendee's device knows of the closing, and not why it was opened again", () => {
  const reopened = write('office', 3, [reopenList('s', 'Ditutup terlalu awal')], 130)
  const viewer = { owner: 'AAAAAAAAAAA', devs: new Set(['own']), now: 0 }
  const [session] = readSessions(fold(viewOf(fold(log), viewer)))
  expect(session?.closed).toEqual({ at: 100, dev: 'office', n: 2 })
  expect(JSON.stringify(viewOf(fold([...log, reopened]), viewer))).not.toContain('awal')
})
