import type { Body } from './op.ts'

/** What a subject may be in a space (design.md section 7). `attendee` holds a capability for one event, no account. */
export const spaceRoles = ['organizer', 'facilitator', 'viewer', 'attendee'] as const
export type SpaceRole = (typeof spaceRoles)[number]

/** Everything that the server guards and the screens offer. */
export const actions = [
  'pull',
  'push',
  'invite',
  'listTeam',
  'exportFull',
  'editEvent',
  'importPeople',
  'checkIn',
] as const
export type Action = (typeof actions)[number]

const allowed: Record<SpaceRole, readonly Action[]> = {
  organizer: actions,
  facilitator: ['pull', 'push', 'exportFull', 'checkIn'],
  viewer: ['pull', 'exportFull'],
  attendee: ['push'],
}

/** Kinds that only an organizer writes. Every other kind, also one of a newer version, is a facilitator's too ([S9]). */
const organizerKinds = new Set(['event', 'session', 'form', 'material'])

/** Kinds of facts that an attendee's own device may add. */
const attendeeKinds = new Set(['attendance', 'response', 'consent'])

export function may(role: SpaceRole, action: Action): boolean {
  return allowed[role].includes(action)
}

/** Whether every change of an action is this role's to make; the server parks what is not, the screens do not offer it. */
export function mayWrite(role: SpaceRole, body: Body): boolean {
  if (!may(role, 'push')) return false
  return body.changes.every((change) => {
    if (role === 'organizer') return true
    if (role === 'attendee')
      return change.type === 'set' ? change.kind === 'person' : change.type === 'add' && attendeeKinds.has(change.kind)
    return change.type !== 'set' || !organizerKinds.has(change.kind)
  })
}
