import { type ReadonlySignal, signal } from '@preact/signals'
import { retryParked } from '../db/outbox.ts'
import type { Database, IdentityRow } from '../db/schema.ts'
import { type UnsentCount, watchUnsent } from '../db/spaces.ts'

export type KnownIdentity = Omit<IdentityRow, 'key'>

/** Work that is on this device only, per space; `oldestWall` is this device's clock at the oldest, epoch ms. */
export type UnsentBySpace = Map<string, UnsentCount>

export type Status = {
  unsent: ReadonlySignal<UnsentBySpace>
  retry: (space: string) => Promise<void>
}

/** Resolves when the outbox was first read: a count before that would say that nothing waits. */
export function createStatus(db: Database): Promise<Status> {
  const unsent = signal<UnsentBySpace>(new Map())
  const status = { unsent, retry: (space: string) => retryParked(db, space) }
  return new Promise((resolve) => {
    watchUnsent(db, (found) => {
      unsent.value = found
      resolve(status)
    })
  })
}
