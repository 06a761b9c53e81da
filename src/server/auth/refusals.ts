import { hourMs } from '../../core/time.ts'
import type { Store } from '../store/store.ts'

export const hourOf = (at: number) => at - (at % hourMs)

/**
 * Counts a failed sign-in. Where it came from is not kept, and nothing of an account that there is not; that is counted
 * too, and forgotten with the hour, so that known and unknown accounts are the same work.
 */
export function countRefusal(store: Store, account: string | undefined, now: number): Promise<void> {
  return store.countRefusal(account ?? '', hourOf(now))
}
