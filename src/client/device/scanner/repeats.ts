/** Longer than a camera needs to focus anew on a code that is still there. */
const goneAfterMs = 1500
/** A sequence that never leaves the view is forgotten, sooner or later. */
const longestMemory = 1000

/** Which of the texts before the camera are new. `now` is any clock in ms. */
export type Repeats = {
  seen: (texts: string[], now: number) => string[]
  /** What is in view is one of several frames that take turns: none of them is new again until the view was empty. */
  inSequence: () => void
}

/**
 * A code that is held before the camera is reported once: again only when it was away for a while, with nothing or
 * another code in its place. Several codes that are in view together are each reported once.
 */
export function createRepeats(): Repeats {
  const lastSeen = new Map<string, number>()
  let anySeen = Number.NEGATIVE_INFINITY
  let isSequence = false

  function forget(now: number): void {
    const isEmpty = now - anySeen >= goneAfterMs
    if (isEmpty || lastSeen.size > longestMemory) isSequence = false
    if (isSequence) return
    for (const [text, at] of lastSeen) if (now - at >= goneAfterMs) lastSeen.delete(text)
  }

  return {
    seen(texts, now) {
      forget(now)
      const fresh = [...new Set(texts)].filter((text) => !lastSeen.has(text))
      for (const text of texts) lastSeen.set(text, now)
      if (texts.length > 0) anySeen = now
      return fresh
    },
    inSequence() {
      isSequence = true
    },
  }
}
