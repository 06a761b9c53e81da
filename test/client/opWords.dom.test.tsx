import { expect, it } from 'vitest'
import { opPerson, opSubject } from '../../src/client/ui/parts/opWords.ts'
import { checkIn } from '../../src/core/attendance.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'

const person = 'A'.repeat(22)
const bodyOf = (...changes: Change[]) => encodeBody('A'.repeat(11), changes)

it('a walk-in is told as the attendance that would be missing, with the name that it gives', () => {
  const body = bodyOf(
    setPerson(person, { name: 'Siti Umpama' }),
    checkIn({ person, session: 'B'.repeat(22), method: 'facilitator' }),
  )
  expect([opSubject(body), opPerson(body, new Map())]).toEqual(['attendance', 'Siti Umpama'])
})

it('what only changes a person is told as data of a person, what withdraws as an undoing', () => {
  expect(opSubject(bodyOf(setPerson(person, { name: 'Siti Umpama' })))).toBe('person')
  expect(opSubject(bodyOf({ type: 'void', facts: ['AAAAAAAAAAA.0'], reason: '' }))).toBe('undo')
})
