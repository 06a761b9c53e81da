import { type ReadonlySignal, signal } from '@preact/signals'
import { type AtRisk, readAtRisk } from '../db/atRisk.ts'
import { carriedOf, releaseCarried, retryCarried, sealedOps, takeBackCarried } from '../db/carried.ts'
import { firstRead, withReading } from '../db/connection.ts'
import { isNote } from '../db/notes.ts'
import { type OpName, opName } from '../db/opName.ts'
import { isRescued } from '../db/outbox.ts'
import { releaseParked, retryParked, takeBackReleased } from '../db/parked.ts'
import { countRescuable } from '../db/rescuable.ts'
import type { Database, IdentityRow, OutboxRow } from '../db/schema.ts'
import { nothingUnsent, type UnsentCount, watchUnsent } from '../db/spaces.ts'

export type KnownIdentity = Omit<IdentityRow, 'key'>

/** Work that the server has not taken, per space. */
export type UnsentBySpace = Map<string, UnsentCount>

/** An op of another device that the server refused, and why. */
export type RefusedCarried = { name: string; wall: number; body: string; reason: string }

export type Status = {
  unsent: ReadonlySignal<UnsentBySpace>
  /**
   * Counts what was written just now. The disk is read anew for it only later, on a slow phone by more than half a
   * second, in which the status line would go on saying that all is sent.
   */
  addSaved: (row: OutboxRow) => void
  /** What would be lost with this device, read from the disk now. */
  readAtRisk: () => Promise<AtRisk>
  /** How many changes a rescue file of all events, or of one, is to hold, read from the disk now. */
  countRescuable: (only?: string) => Promise<number>
  /** Whether each op that waits to be sent is among those of a rescue file, read from the disk now. */
  isRescued: (rescued: ReadonlySet<OpName>) => Promise<boolean>
  /** Tries the ops again that were parked for this reason. */
  retry: (space: string, reason: string) => Promise<void>
  /** Lets go of them: they stay here and on the server, and are no longer shown. */
  release: (space: string, reason: string) => Promise<void>
  /** Brings everything that was let go of, own and carried, back to what waits for a look. */
  takeBack: (space: string) => Promise<void>
  /** What this device carries for others in a space and the server refused: for a person to look at. */
  refusedCarried: (space: string) => Promise<RefusedCarried[]>
  retryCarried: (space: string) => Promise<void>
  /** Lets go of it: it stays here, in no list, and nothing waits for a look any more. */
  releaseCarried: (space: string) => Promise<void>
}

/** Resolves when the outbox was first read: a count before that would say that nothing waits. */
export async function createStatus(db: Database): Promise<Status> {
  const unsent = signal<UnsentBySpace>(new Map())
  const status: Status = {
    unsent,
    addSaved: ({ space, wall, body }) => {
      const held = unsent.value.get(space) ?? nothingUnsent
      const added = isNote(body)
        ? { notes: held.notes + 1 }
        : { count: held.count + 1, oldestWall: Math.min(held.oldestWall, wall) }
      unsent.value = new Map(unsent.value).set(space, { ...held, ...added })
    },
    readAtRisk: () => withReading(db, () => readAtRisk(db)),
    countRescuable: (only) => withReading(db, () => countRescuable(db, only)),
    isRescued: (rescued) => withReading(db, () => isRescued(db, rescued)),
    retry: (space, reason) => retryParked(db, space, reason),
    release: (space, reason) => releaseParked(db, space, reason),
    takeBack: async (space) => {
      await takeBackReleased(db, space)
      await takeBackCarried(db, space)
    },
    refusedCarried: async (space) => {
      const rows = (await carriedOf(db, space)).filter(({ refused }) => refused.length > 0)
      return rows.flatMap((row) =>
        sealedOps(row).flatMap(([n, wall, , body], i): RefusedCarried[] => {
          const outcome = row.outcomes?.[i]
          return outcome && 'reason' in outcome
            ? [{ name: opName({ ...row, n }), wall, body, reason: outcome.reason }]
            : []
        }),
      )
    },
    retryCarried: (space) => retryCarried(db, space),
    releaseCarried: (space) => releaseCarried(db, space),
  }
  await firstRead(watchUnsent, db, (found) => {
    unsent.value = found
  })
  return status
}
