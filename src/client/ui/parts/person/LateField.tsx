import type { SessionRecord } from '../../../../core/event.ts'
import { dayAt, formatTime, type Zone } from '../../../../core/time.ts'
import { shortDayWords } from '../../dates.ts'
import { useLanguage, useWords } from '../../words.ts'
import { TextField } from '../Field.tsx'
import { Notice } from '../Notice.tsx'
import type { Proof, ProofProblem } from './proof.ts'

type At = { session: SessionRecord; zone: Zone }

/** Since when a list is closed, in words; `undefined` while it is open. */
function useClosed({ session: { closed }, zone }: At): string | undefined {
  const language = useLanguage()
  return closed && `${shortDayWords(dayAt(closed.at, zone), language)} ${formatTime(closed.at, zone)}`
}

/** That the list was closed, since when, and what that means for who comes now; nothing while it is open. */
export function ListClosed(at: At) {
  const t = useWords('person')
  const time = useClosed(at)
  return time === undefined ? null : <Notice kind="warn">{t('listClosed', { time })}</Notice>
}

/**
 * Asks why somebody is recorded after the list was closed. Nobody is sent away: it is saved, and marked. Short, so that
 * the pad below it is seen whole on a small phone.
 */
export function LateReason(props: At & { reason: string; onInput: (reason: string) => void; isMissing?: boolean }) {
  const t = useWords('person')
  const time = useClosed(props)
  if (time === undefined) return null
  return (
    <TextField
      label={t('lateReason')}
      hint={t('lateReasonHint', { time })}
      value={props.reason}
      onInput={props.onInput}
      error={props.isMissing ? t('noLateReason') : undefined}
      maxLength={200}
    />
  )
}

type OfProof = { proof: Proof; onChange: (proof: Proof) => void; problem: ProofProblem | undefined }

/** The same on a form that records one person. */
export function LateField({ proof, onChange, problem, ...at }: At & OfProof) {
  return (
    <LateReason
      {...at}
      reason={proof.lateReason}
      onInput={(lateReason) => onChange({ ...proof, lateReason })}
      isMissing={problem === 'noLateReason'}
    />
  )
}
