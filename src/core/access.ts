import { isId } from './ids.ts'
import type { Body, Change } from './op.ts'

/** What a subject may be in a space (design.md section 7). `attendee` holds a capability for one event, no account. */
export const spaceRoles = ['organizer', 'facilitator', 'viewer', 'attendee'] as const
export type SpaceRole = (typeof spaceRoles)[number]

/** Everything that the server guards and the screens offer. */
export const actions = [
  'pull',
  'push',
  'view',
  'find',
  'gate',
  'invite',
  'listTeam',
  'exportFull',
  'editEvent',
  'importPeople',
  'checkIn',
  'manageTeam',
  'review',
  'history',
  'upload',
  'readFiles',
] as const
export type Action = (typeof actions)[number]

const allowed: Record<SpaceRole, readonly Action[]> = {
  organizer: actions,
  facilitator: ['pull', 'push', 'gate', 'exportFull', 'checkIn', 'upload', 'readFiles'],
  viewer: ['pull', 'exportFull', 'history', 'readFiles'],
  attendee: ['push', 'view', 'find', 'readFiles'],
}

/**
 * Kinds that only an organizer writes. Every other kind, also one of a newer version, is a facilitator's too ([S9]).
 */
const organizerKinds = new Set(['event', 'session', 'form', 'formVersion', 'pass', 'passIssuer'])

/** Kinds of facts that an attendee's own device may add. */
const attendeeKinds = new Set(['attendance', 'response', 'consent', 'opened'])

/** Fields of a person that are the team's: who was invited, and who is on the list at all. */
const teamFields = ['invited', 'note', 'deleted']

/** Whether a role may do this, by the table above; everything that asks, on device and server, asks here. */
export function may(role: SpaceRole, action: Action): boolean {
  return allowed[role].includes(action)
}

/**
 * [S7] Whether a device cannot tell that the server still has what it took of these spaces: some are its team's, and the
 * server does not know the device, so that it cannot be asked; a backup of before it enrolled may have been put back. An
 * attendee's device shows such a server what it was certified with, and is known again.
 */
export function isUnsure(isEnrolled: boolean, spaces: readonly { role: SpaceRole; revoked: boolean }[]): boolean {
  return !isEnrolled && spaces.some(({ role, revoked }) => role !== 'attendee' && !revoked)
}

/** An attendee's own record and facts: nobody else's person, and no attendance but by his own hand. */
function mayAttendee(change: Change, owner: string): boolean {
  if (change.type === 'set')
    return (
      change.kind === 'person' &&
      isId(change.id) &&
      owner !== '' &&
      change.id.startsWith(owner) &&
      !teamFields.some((field) => Object.hasOwn(change.fields, field))
    )
  if (change.type !== 'add' || !attendeeKinds.has(change.kind)) return false
  return change.kind !== 'attendance' || change.fields.m === 'own'
}

/** That data was taken out as a file, and who uses this very device: an auditor asks that of a viewer too. */
function mayViewer(change: Change, dev: string): boolean {
  if (change.type === 'set') return change.kind === 'device' && change.id === dev
  return change.type === 'add' && change.kind === 'exported'
}

/**
 * Whether every change of an action is this role's to make; the server parks what is not, the screens do not offer it.
 * `owner` is what the ids of an attendee's own persons begin with, `dev` the device that says so.
 */
export function mayWrite(role: SpaceRole, body: Body, { owner = '', dev = '' } = {}): boolean {
  return body.changes.every((change) => {
    if (role === 'organizer') return true
    if (role === 'viewer') return change.type !== 'unknown' && mayViewer(change, dev)
    if (role === 'attendee') return change.type !== 'unknown' && mayAttendee(change, owner)
    return change.type !== 'set' || !organizerKinds.has(change.kind)
  })
}
