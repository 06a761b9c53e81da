import { type AskedConsents, consentChanges } from '../../core/consent.ts'
import type { OpenSpace } from './openSpace.ts'

/** Gives or withdraws consents of a person. */
export async function changeConsents(space: OpenSpace, person: string, asked: AskedConsents): Promise<void> {
  const changes = consentChanges(space.consents.value, person, asked)
  if (changes.length > 0) await space.commit(changes)
}
