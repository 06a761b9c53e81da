import { describe, expect, test } from 'vitest'
import { type Action, actions, isUnsure, may, mayWrite, type SpaceRole, spaceRoles } from '../../src/core/access.ts'
import type { Change, Fields } from '../../src/core/op.ts'

const allowed: Record<SpaceRole, Action[]> = {
  organizer: [
    ...(['pull', 'push', 'view', 'find', 'gate', 'invite', 'listTeam', 'exportFull', 'editEvent'] as const),
    ...(['importPeople', 'checkIn', 'upload', 'readFiles'] as const),
    ...(['manageTeam', 'review', 'history'] as const),
  ],
  facilitator: ['pull', 'push', 'gate', 'exportFull', 'checkIn', 'upload', 'readFiles'],
  viewer: ['pull', 'exportFull', 'history', 'readFiles'],
  attendee: ['push', 'view', 'find', 'readFiles'],
}

describe('who may do what', () => {
  test.each(spaceRoles.flatMap((role) => actions.map((action) => [role, action] as const)))(
    '%s, %s',
    (role, action) => {
      expect(may(role, action)).toBe(allowed[role].includes(action))
    },
  )
})

const owner = 'AAAAAAAAAAA'
const own = `${owner}BBBBBBBBBBA`
const dev = 'CCCCCCCCCCCCCCCCCCCCCC'
const set = (kind: string, fields: Fields = {}, id = 'x'): Change => ({ type: 'set', kind, id, fields })
const add = (kind: string, fields: Fields = {}): Change => ({ type: 'add', kind, fields })
const withdraw: Change = { type: 'void', facts: ['x'], reason: 'y' }
const writable: [string, Change | { type: 'unknown' }, SpaceRole[]][] = [
  ['set event', set('event'), ['organizer']],
  ['set session', set('session'), ['organizer']],
  ['set form', set('form'), ['organizer']],
  ['set material', set('material'), ['organizer', 'facilitator']],
  ['add that a material was opened', add('opened', { m: 'x' }), ['organizer', 'facilitator', 'attendee']],
  ['set a person of another', set('person'), ['organizer', 'facilitator']],
  ['set a person of his own', set('person', { name: 'x' }, own), ['organizer', 'facilitator', 'attendee']],
  ['set an id that is none', set('person', { name: 'x' }, `${own}x`), ['organizer', 'facilitator']],
  ['say of himself that he was invited', set('person', { invited: true }, own), ['organizer', 'facilitator']],
  ['delete himself from the list', set('person', { deleted: true }, own), ['organizer', 'facilitator']],
  ['set gate', set('gate'), ['organizer', 'facilitator']],
  ['set a kind of a newer version', set('drone'), ['organizer', 'facilitator']],
  ['add attendance as recorded by the team', add('attendance', { m: 'facilitator' }), ['organizer', 'facilitator']],
  ['add attendance by his own hand', add('attendance', { m: 'own' }), ['organizer', 'facilitator', 'attendee']],
  ['add response', add('response'), ['organizer', 'facilitator', 'attendee']],
  ['add consent', add('consent'), ['organizer', 'facilitator', 'attendee']],
  ['add same', add('same'), ['organizer', 'facilitator']],
  ['add that data was taken out', add('exported'), ['organizer', 'facilitator', 'viewer']],
  ['say whose the device is', set('device', {}, dev), ['organizer', 'facilitator', 'viewer']],
  ['say whose another device is', set('device'), ['organizer', 'facilitator']],
  ['void', withdraw, ['organizer', 'facilitator']],
  ['a change of a newer version', { type: 'unknown' }, ['organizer', 'facilitator']],
]

describe('who may write what', () => {
  test.each(
    writable.flatMap(([name, change, roles]) => spaceRoles.map((role) => [role, name, change, roles] as const)),
  )('%s, %s', (role, _, change, roles) => {
    expect(mayWrite(role, { salt: 's', changes: [change] }, { owner, dev })).toBe(roles.includes(role))
  })

  test('an attendee without a prefix owns nobody', () => {
    expect(mayWrite('attendee', { salt: 's', changes: [set('person', { name: 'x' }, own)] })).toBe(false)
  })

  test('one change that is not allowed stops the whole action', () => {
    expect(mayWrite('facilitator', { salt: 's', changes: [set('person'), set('event'), add('attendance')] })).toBe(
      false,
    )
  })
})

describe('[S7] whether the server still has what it took', () => {
  const held = (role: SpaceRole, revoked = false) => ({ role, revoked })

  test.each([
    ['is certain on a device that the server knows', true, [held('facilitator')], false],
    ['is not on one of the team that it does not know', false, [held('attendee'), held('viewer')], true],
    ['is on an attendee’s, which is known again by itself', false, [held('attendee')], false],
    ['is no question where the right to it has ended', false, [held('organizer', true)], false],
  ])('%s', (_, isEnrolled, spaces, expected) => expect(isUnsure(isEnrolled, spaces)).toBe(expected))
})
