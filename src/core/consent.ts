import type { Fact } from './facts.ts'
import { flagOf, numberOf, oneOf, textOf } from './fields.ts'
import { type Space, standingFacts } from './fold.ts'
import type { Change } from './op.ts'
import { canonicalIds } from './person.ts'
import { compareStamps } from './stamp.ts'

/**
 * What a person may freely agree to. Attendance itself rests on a public task and gets a notice, not a consent
 * (UU 27/2022 articles 20 to 24; domain.md section 6).
 */
export const consentKinds = ['photo', 'group', 'mail', 'contacts'] as const
export type ConsentKind = (typeof consentKinds)[number]

/** The optional consents that were on a form, as they were left. */
export type AskedConsents = Partial<Record<ConsentKind, boolean>>

/** Consents that were not ticked are not written: nobody was asked to say no. */
export function ticked(kinds: readonly ConsentKind[]): AskedConsents {
  return Object.fromEntries(kinds.map((kind) => [kind, true]))
}

/** The version of the privacy notice that was on the screen; raised when its words change their meaning. */
export const noticeVersion = 2

/** A choice as it was made: kept with its time and the notice that was shown, as proof. The latest holds. */
export type Consent = { given: boolean; notice: number; at: number }

/** Says yes or no; who withdraws says no later. */
function giveConsent(person: string, kind: ConsentKind, given: boolean): Change {
  return { type: 'add', kind: 'consent', fields: { p: person, k: kind, yes: given, notice: noticeVersion } }
}

/** By canonical person, what holds of each kind that the person was asked about. */
export type Consents = Map<string, Map<ConsentKind, Consent>>

/** What every person last said of each kind of consent; who was merged counts as one. */
export function readConsents(space: Space): Consents {
  const canonical = canonicalIds(space)
  const facts: Fact[] = [...standingFacts(space, 'consent')].sort((a, b) => compareStamps(a.stamp, b.stamp))
  const people = new Map<string, Map<ConsentKind, Consent>>()
  for (const { fields, stamp } of facts) {
    const kind = oneOf(fields, 'k', [...consentKinds, ''], '')
    const written = textOf(fields, 'p')
    if (!kind || !written) continue
    const person = canonical.get(written) ?? written
    const held = people.get(person) ?? new Map<ConsentKind, Consent>()
    people.set(person, held)
    held.set(kind, { given: flagOf(fields, 'yes'), notice: numberOf(fields, 'notice') ?? 0, at: stamp.at })
  }
  return people
}

/** What a filled form changes: only what differs from what holds is written. */
export function consentChanges(consents: Consents, person: string, asked: AskedConsents = {}): Change[] {
  const held = consents.get(person)
  return consentKinds.flatMap((kind) => {
    const given = asked[kind]
    const isSame = given === undefined || given === (held?.get(kind)?.given ?? false)
    return isSame ? [] : [giveConsent(person, kind, given)]
  })
}
