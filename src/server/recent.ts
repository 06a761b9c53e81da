/**
 * Values by key, those that were kept last: up to `maxWeight` of them all together, but always the last one, whatever
 * it weighs.
 */
export function createRecent<T>(maxWeight: number, weigh: (value: T) => number) {
  const held = new Map<string, T>()
  return {
    get: (key: string): T | undefined => held.get(key),
    /** Also says that a value was used, and weighs all anew. */
    keep: (key: string, value: T): void => {
      held.delete(key)
      held.set(key, value)
      let total = [...held.values()].reduce((sum, one) => sum + weigh(one), 0)
      for (const [oldest, one] of held) {
        if (total <= maxWeight || oldest === key) break
        held.delete(oldest)
        total -= weigh(one)
      }
    },
    forget: (key: string): void => void held.delete(key),
  }
}
