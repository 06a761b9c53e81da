import { computed, type ReadonlySignal } from '@preact/signals'
import { type Hint, readHints } from '../../core/hints.ts'
import { type Review, readReviews, reviewHints, undoReview } from '../../core/review.ts'
import type { OpenSpace } from './openSpace.ts'

export type Hints = {
  /** By person, what nobody has looked at. */
  open: ReadonlyMap<string, Hint[]>
  all: ReadonlyMap<string, Hint[]>
  reviews: ReadonlyMap<string, Review>
}

const bySpace = new WeakMap<OpenSpace, ReadonlySignal<Hints>>()

/** The hints of an event; worked out when a screen looks, and again when attendance or records changed since. */
export function hintsOf(space: OpenSpace): Hints {
  const held = bySpace.get(space) ?? createHints(space)
  bySpace.set(space, held)
  return held.value
}

function createHints(space: OpenSpace): ReadonlySignal<Hints> {
  /** Attendance is read here because withdrawing a fact, a review too, makes it anew. */
  const reviews = space.view((folded) => {
    space.attendance.value
    return readReviews(folded)
  })
  const all = computed(() => {
    const event = space.event.value
    if (!event) return new Map<string, Hint[]>()
    const { wallCode } = space.signIn.value
    return readHints({ event, sessions: space.sessions.value, attendance: space.attendance.value, wallCode })
  })
  return computed(() => {
    const open = new Map<string, Hint[]>()
    for (const [person, hints] of all.value) {
      const seen = reviews.value.get(person)?.hints
      const left = hints.filter(({ id }) => !seen?.has(id))
      if (left.length > 0 && space.people.value.has(person)) open.set(person, left)
    }
    return { open, all: all.value, reviews: reviews.value }
  })
}

/** Says that the team has looked at what is shown of a person. */
export async function markReviewed(space: OpenSpace, person: string, hints: readonly Hint[]): Promise<void> {
  await space.commit([reviewHints(person, hints)])
}

export async function takeBackReview(space: OpenSpace, review: Review): Promise<void> {
  await space.commit([undoReview(review)])
}
