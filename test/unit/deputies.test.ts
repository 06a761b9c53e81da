import { expect, test } from 'vitest'
import { checkIn, readAttendance } from '../../src/core/attendance.ts'
import { findDeputies } from '../../src/core/deputies.ts'
import { fold } from '../../src/core/fold.ts'
import { readPeople, setPerson } from '../../src/core/person.ts'
import { write } from '../support/ops.ts'

const people = write('A', 1, [
  setPerson('head', { name: 'Budi', position: 'Kepala Dinas', institution: 'Dinas Contoh', invited: true }),
  setPerson('chief', { name: 'Siti', position: 'Sekretaris', institution: 'Badan Misal', invited: true }),
  setPerson('clerk', { name: 'Rahmat', position: 'Analis', institution: 'Badan Misal', invited: true }),
  setPerson('guest', { name: 'Wulan', invited: false }),
])
const present = (person: string, represents?: string) =>
  checkIn({ person, session: 's', method: 'facilitator', ...(represents && { represents }) })

function deputiesOf(...arrivals: ReturnType<typeof present>[]) {
  const space = fold([people, write('A', 2, arrivals)])
  return [...findDeputies(readPeople(space), readAttendance(space).get('s'))].map(([id, { name }]) => [id, name])
}

test.each(['Kepala Dinas, Dinas Contoh', 'kepala dinas dinas contoh', 'Dinas Contoh', 'Kepala Dinas'])(
  'who stands in for %s came in the place of its holder',
  (office) => expect(deputiesOf(present('guest', office))).toEqual([['head', 'Wulan']]),
)

test('an office of several is nobody in particular, and an unknown one nobody', () => {
  expect(deputiesOf(present('guest', 'Badan Misal'))).toEqual([])
  expect(deputiesOf(present('guest', 'Kepala'))).toEqual([])
})

test('who came in person has no deputy, nor is anybody their own', () => {
  expect(deputiesOf(present('head'), present('guest', 'Dinas Contoh'))).toEqual([])
  expect(deputiesOf(present('clerk', 'Analis'))).toEqual([])
})
