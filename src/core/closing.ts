import type { Attendance } from './attendance.ts'
import type { SessionRecord } from './event.ts'
import { textOf } from './fields.ts'
import type { Change } from './op.ts'
import { compareStamps } from './stamp.ts'

/** Closes the attendance list of a session ("Tutup Daftar Hadir"): whoever is recorded from now on is late. */
export function closeList(session: string): Change {
  return { type: 'set', kind: 'session', id: session, fields: { closed: true } }
}

/** Opens it again; why, auditors read in the history. */
export function reopenList(session: string, reason: string): Change {
  return { type: 'set', kind: 'session', id: session, fields: { closed: false, reopenedFor: reason } }
}

/**
 * Whether somebody was recorded only after the list was closed (domain.md 1.3), by the corrected times of both: who was
 * recorded before it without a network, and arrives after it, is not late. A device that knows of the closing records
 * later than it, whatever its clock says. Who gave a reason was told that the list was closed, and stays marked when it
 * is opened again.
 */
export function isLate(session: Pick<SessionRecord, 'closed'> | undefined, { facts: [first] }: Attendance): boolean {
  if (!first) return false
  const isAfter = session?.closed !== undefined && compareStamps(session.closed, first.stamp) < 0
  return isAfter || textOf(first.fields, 'late') !== ''
}
