import { type AskedConsents, type ConsentKind, giveConsent } from '../../core/consent.ts'
import type { Change } from '../../core/op.ts'
import type { OpenSpace } from './openSpace.ts'

/** Only what differs from what holds is written. */
export function consentChanges(space: OpenSpace, person: string, asked: AskedConsents = {}): Change[] {
  const held = space.consents.value.get(person)
  return Object.entries(asked).flatMap(([name, given]) => {
    const kind = name as ConsentKind
    return given === (held?.get(kind)?.given ?? false) ? [] : [giveConsent(person, kind, given)]
  })
}

/** Gives or withdraws consents of a person. */
export async function changeConsents(space: OpenSpace, person: string, asked: AskedConsents): Promise<void> {
  const changes = consentChanges(space, person, asked)
  if (changes.length > 0) await space.commit(changes)
}
