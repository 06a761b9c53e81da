import { foldText } from '../../core/name.ts'
import type { Person } from '../../core/person.ts'
import type { OpenSpace } from './openSpace.ts'

/** The texts of the people so far, most frequent first. */
function mostFrequent(space: Pick<OpenSpace, 'people'>, textsOf: (person: Person) => string[]): string[] {
  const counts = new Map<string, number>()
  for (const person of space.people.value.values())
    for (const text of textsOf(person)) if (text) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text)
}

/** Institutions of the people so far: suggestions while typing. */
export function institutions(space: Pick<OpenSpace, 'people' | 'offices'>): string[] {
  const known = mostFrequent(space, ({ institution }) => [institution])
  return [...new Set([...known, ...space.offices.value])]
}

/** Positions of the people so far: suggestions while typing. */
export function positions(space: Pick<OpenSpace, 'people'>): string[] {
  return mostFrequent(space, ({ position }) => [position])
}

/** The offices that were invited, for whoever comes in their place: "Kepala Dinas, Dinas Contoh" and "Dinas Contoh". */
export function invitedOffices(space: Pick<OpenSpace, 'people' | 'offices'>): string[] {
  const known = mostFrequent(space, ({ invited, position, institution }) =>
    invited ? [[position, institution].filter(Boolean).join(', '), institution] : [],
  )
  return [...new Set([...known, ...space.offices.value])]
}

/** Suggestions with every typed word in them, at most `limit`: a list of thousands would stall the keyboard. */
export function suggest(texts: readonly string[], typed: string, limit = 12): string[] {
  const words = foldText(typed).split(' ')
  const found: string[] = []
  for (const text of texts) {
    if (found.length >= limit) break
    const folded = foldText(text)
    if (text !== typed && words.every((word) => folded.includes(word))) found.push(text)
  }
  return found
}
