import { type ConsentKind, consentKinds } from './consent.ts'
import { eventEntry } from './event.ts'
import { flagOf, listOf } from './fields.ts'
import type { Space } from './fold.ts'
import type { Change } from './op.ts'

/** What an attendee's form may ask for beside the name, in the order of the sheet (domain.md 1.1). */
export const askedFields = ['institution', 'position', 'nip', 'rank', 'phone', 'email', 'role', 'represents'] as const
export type AskedField = (typeof askedFields)[number]

/** How attendees sign in at an event: part of the event's record, each its own register. */
export type SignInSettings = {
  asks: AskedField[]
  /** Whether the rotating code of the wall is asked for. */
  wallCode: boolean
  /** Optional consents that are offered, never ticked beforehand. */
  consents: ConsentKind[]
}

/** The usual sheet without what only some events need. A telephone number is personal, and asked for on purpose. */
const usualSignIn: SignInSettings = {
  asks: ['institution', 'position', 'nip', 'represents'],
  wallCode: false,
  consents: [],
}

/**
 * The consents that are offered: to a certificate by mail only where an address is asked for, or known (`hasAddress`).
 */
export function consentsFor(kinds: readonly ConsentKind[], hasAddress: boolean): ConsentKind[] {
  return kinds.filter((kind) => kind !== 'mail' || hasAddress)
}

/** How attendees sign in; `usualSignIn` where the event says nothing. */
export function readSignIn(space: Space): SignInSettings {
  const found = eventEntry(space)
  if (!found) return usualSignIn
  const [, { fields }] = found
  const asked = listOf(fields.asks, (name) => askedFields.find((known) => known === name))
  const asks = Array.isArray(fields.asks) ? askedFields.filter((name) => asked.includes(name)) : usualSignIn.asks
  const consents = listOf(fields.consents, (kind) => consentKinds.find((known) => known === kind))
  return { asks, wallCode: flagOf(fields, 'wallCode'), consents: consentsFor(consents, asks.includes('email')) }
}

/** Sets these settings of an event. */
export function setSignIn(event: string, settings: Partial<SignInSettings>): Change {
  return { type: 'set', kind: 'event', id: event, fields: settings }
}
