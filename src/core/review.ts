import { listOf, textOf } from './fields.ts'
import { type Space, standingFacts } from './fold.ts'
import type { Hint } from './hints.ts'
import type { Change } from './op.ts'
import { canonicalIds } from './person.ts'

/** That somebody of the team looked at hints of a person and found nothing to change; who and when is in its stamp. */
export type Review = { facts: string[]; dev: string; at: number; hints: ReadonlySet<string> }

/** Somebody of the team has looked at these hints of a person; a later hint is not among them. */
export function reviewHints(person: string, hints: readonly Hint[]): Change {
  return { type: 'add', kind: 'review', fields: { p: person, h: hints.map(({ id }) => id) } }
}

/** Takes a review back; one that its author had not seen survives. */
export function undoReview({ facts }: Review): Change {
  return { type: 'void', facts, reason: '' }
}

/** What was looked at, by canonical person: of several reviews the hints of all, and the latest author. */
export function readReviews(space: Space): Map<string, Review> {
  const canonical = canonicalIds(space)
  const reviews = new Map<string, Review>()
  for (const { id, fields, stamp } of standingFacts(space, 'review')) {
    const written = textOf(fields, 'p')
    const person = canonical.get(written) ?? written
    const held = reviews.get(person)
    const hints = listOf(fields.h, (hint) => (typeof hint === 'string' ? hint : undefined))
    const isLatest = !held || stamp.at >= held.at
    reviews.set(person, {
      facts: [...(held?.facts ?? []), id],
      dev: isLatest ? stamp.dev : held.dev,
      at: isLatest ? stamp.at : held.at,
      hints: new Set([...(held?.hints ?? []), ...hints]),
    })
  }
  return reviews
}
