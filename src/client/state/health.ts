import { type ReadonlySignal, signal } from '@preact/signals'
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

/** Below this many bytes a browser may refuse a write at any moment; check-ins of a large event need a tenth of it. */
export const littleBytes = 50_000_000

/** `readFreeBytes`: what the browser says is left for this site; `undefined` where it does not say. */
export function createHealth(db: Database, readFreeBytes: () => Promise<number | undefined>): HealthWatch {
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
      const [answers, freeBytes] = await Promise.all([probe(db), readFreeBytes()])
      change({ silent: !answers, short: freeBytes !== undefined && freeBytes < littleBytes })
    },
  }
}
