import type { AuditEntry, AuditRow } from '../../core/audit.ts'
import type { Op } from '../../core/op.ts'
import type { ParkReason, SpaceHead, Subject } from './store.ts'

/** A parked op in full; `link` tells ops of one name apart, `keptAt` is when an organizer chose to keep it out. */
export type ParkedOp = { op: Op; link: string; receivedAt: number; reason: ParkReason; keptAt: number | null }
export type ParkedName = { n: number; link: string }
/** What of one device is parked: how much waits for a decision, how much was kept out, and when the oldest came. */
export type ParkedSum = { dev: string; waiting: number; kept: number; oldestAt: number }

/** [S11] Ops beside the log and what organizers decide on them; each decision has its line in the history. */
export type QuarantineStore = {
  sumParked(space: string): Promise<ParkedSum[]>
  /**
   * A device's parked ops by number, those behind `after`; as many as fit into `maxBytes`, at least one when there is
   * any.
   */
  listParked(
    space: string,
    dev: string,
    after: ParkedName,
    limits: { most: number; maxBytes: number },
  ): Promise<ParkedOp[]>
  /**
   * Lets ops that were parked as `notAllowed` into the log as their author's, with their time lowered to when they
   * came; how many are in it now that were not. One whose name is another op's by now enters as of a device of its own
   * ([S8]).
   */
  releaseParked(space: string, dev: string, names: ParkedName[], entry: AuditEntry): Promise<number>
  /**
   * Keeps ops out of the log for good; they stay where they are, and can still be released. How many were not yet kept.
   */
  keepParked(space: string, dev: string, names: ParkedName[], entry: AuditEntry): Promise<number>
}

/** The server's own history, append-only: what was written can be neither changed nor taken out (core/audit.ts). */
export type AuditStore = {
  /** Appends entries together, in this order; resolves after the commit. */
  note(...entries: AuditEntry[]): Promise<void>
  /** Notes through which number a verified backup holds each log ([S5]), with its entry. */
  noteBackup(ends: Pick<SpaceHead, 'space' | 'epoch' | 'head'>[], entry: AuditEntry): Promise<void>
  /**
   * The newest entries first, at most `most`, before number `before`; of one space, or of one subject's doings and
   * fate.
   */
  read(query: { space?: string; about?: Subject; before?: number; most: number }): Promise<AuditRow[]>
  /** The number of the last entry after which somebody may do less (`endingKinds`); 0 when there is none. */
  lastEnding(): Promise<number>
}
