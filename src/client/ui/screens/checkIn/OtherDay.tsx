import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { dayAt, isDay } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { dayWords } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** Says that today, where the event is, is not the day of the session; attendance can be recorded all the same. */
export function OtherDay(props: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('checkIn')
  const language = useLanguage()
  const { day } = props.session
  const today = dayAt(props.space.now(), props.event.zone)
  if (!isDay(day) || day === today) return null
  return (
    <Notice kind="info">{t('otherDay', { day: dayWords(day, language), today: dayWords(today, language) })}</Notice>
  )
}
