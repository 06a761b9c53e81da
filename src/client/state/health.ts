import { type ReadonlySignal, signal } from '@preact/signals'
import { reservedBytes } from '../../core/savedFile.ts'
import { probe } from '../db/connection.ts'
import { whenGivenUp } from '../db/meta.ts'
import type { Database } from '../db/schema.ts'
import { within } from '../db/within.ts'

/** Whether this device's storage can be relied on. */
export type Health = {
  /** The database does not answer, also not over a new connection: nothing can be saved. */
  silent: boolean
  /** Little room is left for records. */
  short: boolean
  /** This device's key is gone: another tab has signed out, or the browser has cleared the storage. */
  givenUp: boolean
  /** The disk is full, and what is unsent lies on it once only: it may be lost with the next start (decision 123). */
  uncopied: boolean
}

export type HealthWatch = {
  health: ReadonlySignal<Health>
  check: () => Promise<void>
  /** Whether what is unsent lies in its second copy; one that fails while the disk has room is made soon, and not told of. */
  noteCopy: (isMade: boolean) => Promise<void>
}

/** How long a browser may take to say whether the disk is full: one whose disk is may say nothing at all. */
const mostMs = 3_000

/**
 * `readFreeBytes`: what the browser says is left for this site; `undefined` where it does not say. `makeRoom` drops
 * what is here for comfort only and says how much it was: materials leave before a record finds no room.
 */
export function createHealth(
  db: Database,
  readFreeBytes: () => Promise<number | undefined>,
  makeRoom: (bytes: number) => Promise<number> = async () => 0,
  isDiskFull: () => Promise<boolean> = async () => false,
): HealthWatch {
  const health = signal<Health>({ silent: false, short: false, givenUp: false, uncopied: false })
  let copies = 0
  const change = (part: Partial<Health>) => {
    const { silent, short, uncopied } = health.value
    const next = { ...health.value, ...part }
    const isSame = next.silent === silent && next.short === short && next.uncopied === uncopied
    if (!isSame || part.givenUp) health.value = next
  }
  whenGivenUp(db, () => change({ givenUp: true }))
  return {
    health,
    check: async () => {
      const [answers, freeBytes = reservedBytes] = await Promise.all([probe(db), readFreeBytes()])
      const lacking = reservedBytes - freeBytes
      const freed = lacking > 0 ? await makeRoom(lacking) : 0
      change({ silent: !answers, short: lacking > freed })
    },
    noteCopy: async (isMade) => {
      if (isMade) copies++
      if (isMade) return change({ uncopied: false })
      const before = copies
      if (health.value.uncopied || !(await within(isDiskFull(), mostMs).catch(() => true))) return
      if (copies === before) change({ uncopied: true })
    },
  }
}
