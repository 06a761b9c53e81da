import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { createHintIndex, type HintIndex } from '../../core/hintIndex.ts'
import { type Hint, type HintRules, hintRules } from '../../core/hints.ts'
import { type Review, readReviews, reviewHints, undoReview } from '../../core/review.ts'
import type { OpenSpace } from './openSpace.ts'
import { runInSlices } from './slices.ts'

export type Hints = {
  /** By person, what nobody has looked at. */
  open: ReadonlyMap<string, Hint[]>
  all: ReadonlyMap<string, Hint[]>
  reviews: ReadonlyMap<string, Review>
}

const bySpace = new WeakMap<OpenSpace, ReadonlySignal<Hints>>()

/** The hints of an event. They come a moment after a screen first looks, and follow attendance while one does. */
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
  const all = followHints(space)
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

/** Every hint, worked out in slices, and only while a screen looks. */
function followHints(space: OpenSpace): ReadonlySignal<ReadonlyMap<string, Hint[]>> {
  let index: HintIndex | undefined
  let indexedBy = ''
  let stop = () => {}
  let unfollow = () => {}

  function indexBy(rules: HintRules): HintIndex {
    const key = JSON.stringify([rules, ...rules.hours])
    if (!index || key !== indexedBy) index = createHintIndex(rules)
    indexedBy = key
    return index
  }

  function follow(): void {
    stop()
    const event = space.event.value
    if (!event) return
    const current = indexBy(hintRules(event, space.sessions.value, space.signIn.value.wallCode))
    stop = runInSlices(current.update(space.attendance.value), () => {
      all.value = current.hints()
    })
  }

  const all = signal<ReadonlyMap<string, Hint[]>>(new Map(), {
    watched() {
      unfollow = effect(follow)
    },
    unwatched() {
      unfollow()
      stop()
    },
  })
  return all
}

/** Says that the team has looked at what is shown of a person. */
export async function markReviewed(space: OpenSpace, person: string, hints: readonly Hint[]): Promise<void> {
  await space.commit([reviewHints(person, hints)])
}

/** The hints are to be looked at again. */
export async function takeBackReview(space: OpenSpace, review: Review): Promise<void> {
  await space.commit([undoReview(review)])
}
