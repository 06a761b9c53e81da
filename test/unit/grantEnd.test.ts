import { expect, test } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { setForm } from '../../src/core/form/form.ts'
import { encodeBody } from '../../src/core/op.ts'
import { dayMs } from '../../src/core/time.ts'
import { endOfGrant } from '../../src/server/auth/attendees.ts'

test('an attendee may come back long enough for the last of the follow-up forms, unless it was deleted', () => {
  const now = Date.UTC(2026, 5, 1)
  const daysWith = (fields: Parameters<typeof setForm>[1]) => {
    const body = encodeBody('salt-0000--', [setForm('f', fields)])
    const space = fold([{ dev: 'd', n: 1, at: now, wall: 0, body }])
    return (endOfGrant(space, now) - now) / dayMs
  }
  expect(daysWith({ purpose: 'evaluation' })).toBe(30)
  expect(daysWith({ purpose: 'followUp' })).toBe(120)
  expect(daysWith({ purpose: 'followUp', deleted: true })).toBe(30)
})
