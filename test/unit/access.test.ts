import { describe, expect, test } from 'vitest'
import { type Action, actions, may, mayWrite, type SpaceRole, spaceRoles } from '../../src/core/access.ts'
import type { Change } from '../../src/core/op.ts'

const allowed: Record<SpaceRole, Action[]> = {
  organizer: ['pull', 'push', 'invite', 'listTeam', 'exportFull', 'editEvent', 'importPeople', 'checkIn'],
  facilitator: ['pull', 'push', 'exportFull', 'checkIn'],
  viewer: ['pull', 'exportFull'],
  attendee: ['push'],
}

describe('who may do what', () => {
  test.each(spaceRoles.flatMap((role) => actions.map((action) => [role, action] as const)))(
    '%s, %s',
    (role, action) => {
      expect(may(role, action)).toBe(allowed[role].includes(action))
    },
  )
})

const set = (kind: string): Change => ({ type: 'set', kind, id: 'x', fields: {} })
const add = (kind: string): Change => ({ type: 'add', kind, fields: {} })
const withdraw: Change = { type: 'void', facts: ['x'], reason: 'y' }
const writable: [string, Change | { type: 'unknown' }, SpaceRole[]][] = [
  ['set event', set('event'), ['organizer']],
  ['set session', set('session'), ['organizer']],
  ['set form', set('form'), ['organizer']],
  ['set material', set('material'), ['organizer']],
  ['set person', set('person'), ['organizer', 'facilitator', 'attendee']],
  ['set a kind of a newer version', set('drone'), ['organizer', 'facilitator']],
  ['add attendance', add('attendance'), ['organizer', 'facilitator', 'attendee']],
  ['add response', add('response'), ['organizer', 'facilitator', 'attendee']],
  ['add consent', add('consent'), ['organizer', 'facilitator', 'attendee']],
  ['add same', add('same'), ['organizer', 'facilitator']],
  ['void', withdraw, ['organizer', 'facilitator']],
  ['a change of a newer version', { type: 'unknown' }, ['organizer', 'facilitator']],
]

describe('who may write what', () => {
  test.each(
    writable.flatMap(([name, change, roles]) => spaceRoles.map((role) => [role, name, change, roles] as const)),
  )('%s, %s', (role, _, change, roles) => {
    expect(mayWrite(role, { salt: 's', changes: [change] })).toBe(roles.includes(role))
  })

  test('one change that is not allowed stops the whole action', () => {
    expect(mayWrite('facilitator', { salt: 's', changes: [set('person'), set('event'), add('attendance')] })).toBe(
      false,
    )
  })
})
