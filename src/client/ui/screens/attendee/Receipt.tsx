import type { EventRecord } from '../../../../core/event.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import type { OwnAttendance, OwnPerson } from '../../../state/attendee.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { dayWords } from '../../dates.ts'
import { Icon } from '../../parts/Icon.tsx'
import { InkPicture } from '../../parts/InkPicture.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { useLanguage, useWords } from '../../words.ts'

/** One attendance: who, where from, when, at what, signed how, and whether it is on this phone only. */
export function Receipt(props: {
  space: OpenSpace
  event: EventRecord
  attendance: OwnAttendance
  person: OwnPerson | undefined
  onCorrect: (person: string) => void
}) {
  const t = useWords('attendee')
  const language = useLanguage()
  const { space, event, attendance, person } = props
  const { full } = useSessionWords(space)
  const session = space.sessions.value.find(({ id }) => id === attendance.session)
  const proof = space.attendance.value.get(attendance.session)?.get(attendance.person)
  const at = attendance.arrivedAt
  const time = `${dayWords(dayAt(at, event.zone), language)}, ${formatTime(at, event.zone)}`
  return (
    <section class={`card stack receipt receipt-${attendance.where}`}>
      <div>
        <p class="attendee-name">{person?.name || t('nameless')}</p>
        {person?.institution && <p>{person.institution}</p>}
      </div>
      {session && <p>{full(session)}</p>}
      <p>{t('recordedAt', { time })}</p>
      {proof?.represents && <p>{t('standsInFor', { office: proof.represents })}</p>}
      {proof?.ink && <InkPicture packed={proof.ink} label={t('yourSignature')} />}
      {proof?.lateReason && <p>{t('lateFor', { reason: proof.lateReason })}</p>}
      {proof?.unsignedReason && <p>{t('unsignedFor', { reason: proof.unsignedReason })}</p>}
      <p class="receipt-where" role="status">
        <Icon name={attendance.where === 'server' ? 'sent' : attendance.where === 'parked' ? 'warning' : 'device'} />
        {t(`where.${attendance.where}`)}
      </p>
      {person?.record && (
        <button type="button" onClick={() => props.onCorrect(attendance.person)}>
          {t('correct')}
        </button>
      )}
    </section>
  )
}
