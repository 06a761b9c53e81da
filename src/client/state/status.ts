import { type ReadonlySignal, signal } from '@preact/signals'
import { countUnsent, releaseParked, retryParked, takeBackReleased } from '../db/outbox.ts'
import type { Database, IdentityRow } from '../db/schema.ts'
import { type UnsentCount, watchUnsent } from '../db/spaces.ts'

export type KnownIdentity = Omit<IdentityRow, 'key'>

/** Work that the server has not taken, per space. */
export type UnsentBySpace = Map<string, UnsentCount>

export type Status = {
  unsent: ReadonlySignal<UnsentBySpace>
  /** Ops that this device alone holds, read from the disk now: its own, and others' that a restored server has lost. */
  countLocalOnly: () => Promise<number>
  /** Tries the ops again that were parked for this reason. */
  retry: (space: string, reason: string) => Promise<void>
  /** Lets go of them: they stay here and on the server, and are no longer shown. */
  release: (space: string, reason: string) => Promise<void>
  takeBack: (space: string) => Promise<void>
}

/** Resolves when the outbox was first read: a count before that would say that nothing waits. */
export function createStatus(db: Database): Promise<Status> {
  const unsent = signal<UnsentBySpace>(new Map())
  const status: Status = {
    unsent,
    countLocalOnly: () => countUnsent(db),
    retry: (space, reason) => retryParked(db, space, reason),
    release: (space, reason) => releaseParked(db, space, reason),
    takeBack: (space) => takeBackReleased(db, space),
  }
  return new Promise((resolve) => {
    watchUnsent(db, (found) => {
      unsent.value = found
      resolve(status)
    })
  })
}
