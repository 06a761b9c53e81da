import { type ReadonlySignal, signal } from '@preact/signals'
import { reservedBytes } from '../../core/savedFile.ts'
import { probe } from '../db/connection.ts'
import { whenGivenUp } from '../db/meta.ts'
import type { Database } from '../db/schema.ts'

/** Whether this device's storage can be relied on. */
export type Health = {
  /** The database does not answer, also not over a new connection: nothing can be saved. */
  silent: boolean
  /** Little room is left for records. */
  short: boolean
  /** This device's key is gone: another tab has signed out, or the browser has cleared the storage. */
  givenUp: boolean
}

export type HealthWatch = { health: ReadonlySignal<Health>; check: () => Promise<void> }

/**
 * `readFreeBytes`: what the browser says is left for this site; `undefined` where it does not say. `makeRoom` drops
 * what is here for comfort only and says how much it was: materials leave before a record finds no room.
 */
export function createHealth(
  db: Database,
  readFreeBytes: () => Promise<number | undefined>,
  makeRoom: (bytes: number) => Promise<number> = async () => 0,
): HealthWatch {
  const health = signal<Health>({ silent: false, short: false, givenUp: false })
  const change = (part: Partial<Health>) => {
    const next = { ...health.value, ...part }
    const isSame = next.silent === health.value.silent && next.short === health.value.short
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
  }
}
