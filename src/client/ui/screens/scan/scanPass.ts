import type { ReadonlySignal } from '@preact/signals'
import type { TFunction } from 'i18next'
import type { Attendance } from '../../../../core/attendance.ts'
import { tidyLine } from '../../../../core/name.ts'
import { judgePass, type PassProblem, readPass } from '../../../../core/pass.ts'
import { formatTime } from '../../../../core/time.ts'
import { recordAttendance } from '../../../state/attendance.ts'
import type { Health } from '../../../state/health.ts'
import { issuersOf, passesOf } from '../../../state/passes.ts'
import { findPerson } from '../../../state/people.ts'
import type { Passes } from '../../../sync/passes.ts'
import type { ScanResult } from '../../parts/scanner/scanResult.ts'
import type { ScanPlace } from './useScanHandler.ts'

/** What a person was recorded with: when, at which session, how, and on whose device. */
export function usedLines({ space, event, session }: ScanPlace, attendance: Attendance, t: TFunction): string[] {
  const dev = attendance.facts[0]?.stamp.dev ?? ''
  const holder = space.devices.value.get(dev)?.holder
  const time = formatTime(attendance.arrivedAt, event.zone)
  return [
    t('used.when', { time, session: session.title }),
    t(`used.${attendance.method}`),
    space.isOwn(dev) ? t('used.here') : holder ? t('used.by', { holder }) : t('used.elsewhere'),
  ]
}

/**
 * Checks a pass on this device alone, and records the attendance of whoever it is for: one op. A second use is shown with
 * the first, and recorded beside it when the facilitator says so.
 */
export async function scanPass(
  place: ScanPlace,
  text: string,
  passes: Passes,
  t: TFunction,
  health: ReadonlySignal<Health>,
): Promise<ScanResult> {
  const { space, event, session, lateReason } = place
  const refuse = (why: PassProblem | 'removed', lines: string[] = []): ScanResult => ({
    tone: 'bad',
    title: t(`pass.${why}.title`),
    lines: [...lines, t(`pass.${why}.hint`)],
  })
  const read = readPass(text)
  if (!read) return refuse('damaged')
  if (read.space !== space.id) return refuse('otherEvent')
  const key = issuersOf(space).get(read.issuer)
  if (key === undefined) return refuse('notSynced')
  if (!(await passes.isSigned(read, key))) return refuse('forged')

  const records = passesOf(space)
  const verdict = judgePass(read, records, space.now())
  const holder = findPerson(space, records.get(read.id)?.person ?? '')
  if ('problem' in verdict) return refuse(verdict.problem, holder ? [holder.name] : [])
  if (!holder) return refuse('removed')
  const held = space.attendance.value.get(session.id)?.get(holder.id)
  const lines = [holder.institution].filter(Boolean)

  const { id: person, name: title } = holder
  async function record(words: 'recorded' | 'recordedLate' | 'recordedAgain'): Promise<ScanResult> {
    const late = session.closed && { lateReason: tidyLine(lateReason) }
    await recordAttendance(space, { person, session: session.id, method: 'scan', ...late })
    const time = formatTime(space.now(), event.zone)
    return { tone: 'good', title, lines: [...lines, health.value.uncopied ? t('status.uncopied') : t(words, { time })] }
  }
  if (!held && session.closed && lateReason.trim() === '')
    return { tone: 'used', title, lines: [...lines, t('lateMissing')] }
  if (!held) return record(session.closed ? 'recordedLate' : 'recorded')
  /** A fact more, with its own time and device: whoever looks later sees both uses (core/hints.ts). */
  const action = { label: t('recordAnyway'), run: () => record('recordedAgain') }
  return { tone: 'used', title, lines: [...lines, ...usedLines(place, held, t)], action }
}
