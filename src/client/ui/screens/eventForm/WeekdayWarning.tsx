import { formatDay, type weekdayMismatch } from '../../../../core/time.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/** A weekday that contradicts its date is pointed out and left as it is: which of the two is wrong, a person knows. */
export function WeekdayWarning({ mismatch }: { mismatch: ReturnType<typeof weekdayMismatch> }) {
  const t = useWords('eventForm')
  if (!mismatch) return null
  const { said, day, actual } = mismatch
  return (
    <Notice kind="warn">
      {t('mismatch', { said, date: formatDay(day, { weekday: false }), actual: t(`weekday.${actual}`) })}
    </Notice>
  )
}
