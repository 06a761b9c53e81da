import type { Lately } from './routes/ports.ts'

/**
 * Remembers each key for `forMs` after it was last added; as many as there are, so keys must not be a stranger's to
 * invent.
 */
export function createLately(forMs: number): Lately {
  const addedAt = new Map<string, number>()
  return {
    add: (key, now) => void addedAt.set(key, now),
    has: (key, now) => {
      const at = addedAt.get(key)
      if (at === undefined || now - at < forMs) return at !== undefined
      addedAt.delete(key)
      return false
    },
  }
}
