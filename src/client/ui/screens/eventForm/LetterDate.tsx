import { findDay, weekdayMismatch } from '../../../../core/time.ts'
import { dayWords } from '../../dates.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import type { SessionForm } from './form.ts'
import { WeekdayWarning } from './WeekdayWarning.tsx'

/** The date as the invitation writes it, held against the calendar and against the sessions. */
export function LetterDate(props: { value: string; sessions: SessionForm[]; onInput: (value: string) => void }) {
  const t = useWords('eventForm')
  const language = useLanguage()
  const day = findDay(props.value)
  const isHeld = props.sessions.some((session) => !session.removed && session.day === day)
  return (
    <>
      <TextField
        label={t('letterDate')}
        hint={t('letterDateHint')}
        value={props.value}
        onInput={props.onInput}
        optional
      />
      <WeekdayWarning mismatch={weekdayMismatch(props.value)} />
      {day && !isHeld && <Notice kind="info">{t('letterDayNoSession', { day: dayWords(day, language) })}</Notice>}
    </>
  )
}
