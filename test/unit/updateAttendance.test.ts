import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkIn, readAttendance, undoCheckIn, updateAttendance } from '../../src/core/attendance.ts'
import { applyOp, emptySpace } from '../../src/core/fold.ts'
import { samePerson } from '../../src/core/person.ts'
import { write } from '../support/ops.ts'

const person = fc.constantFrom('p1', 'p2', 'p3', 'p4')
const session = fc.constantFrom('s1', 's2')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('in' as const), person, session }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), person, session }) },
)

it('attendance that is kept up to date is the attendance that is read anew', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.option(fc.tuple(person, person)), (steps, merged) => {
      const space = emptySpace()
      let n = 0
      if (merged) applyOp(space, write('A', ++n, [samePerson(...merged)]))
      let held = readAttendance(space)
      for (const { do: what, person, session } of steps) {
        const present = held.get(session)?.get(person)
        if (what === 'undo' && !present) continue
        const change =
          what === 'undo' && present
            ? undoCheckIn(present, 'Salah catat')
            : checkIn({ person, session, method: 'facilitator' })
        held = updateAttendance(held, space, applyOp(space, write('A', ++n, [change])).facts)
        const nobodyLess = [...held].filter(([, people]) => people.size > 0)
        expect(new Map(nobodyLess)).toEqual(readAttendance(space))
      }
    }),
  )
})
