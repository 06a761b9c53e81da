import { useEffect, useRef } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import { isLate } from '../../../../core/closing.ts'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { formatTime } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { Icon } from '../../parts/Icon.tsx'
import { UndoAttendance } from '../../parts/UndoAttendance.tsx'
import { useUncopied } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'

const icons = { saved: 'check', unsafe: 'warning', undone: 'undo' } as const

/**
 * Who was just recorded, in large type, and the way back; it says so as well once that was taken. Somebody who is merely
 * absent was not withdrawn: then there is nothing to say. Made anew for each session and person.
 */
export function Confirmation(props: { space: OpenSpace; event: EventRecord; session: SessionRecord; person: string }) {
  const t = useWords('checkIn')
  const { space, event, session } = props
  const person = findPerson(space, props.person)
  const attendance = person && space.attendance.value.get(session.id)?.get(person.id)
  const wasPresent = useRef(false)
  if (attendance) wasPresent.current = true
  const uncopied = useUncopied()
  const isUndone = wasPresent.current && !attendance
  const recorded = attendance && isLate(session, attendance) ? 'recordedLate' : 'recorded'
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isUndone) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isUndone])
  if (!person || !wasPresent.current) return null
  const look = !attendance ? 'undone' : uncopied ? 'unsafe' : 'saved'
  return (
    <section ref={card} class={`confirmation confirmation-${look}`}>
      <Icon name={icons[look]} />
      <div class="confirmation-words" role="status">
        <p class="confirmation-name">{person.name}</p>
        {look === 'undone' && <p>{t('undone')}</p>}
        {look === 'unsafe' && <p>{t('status.uncopied')}</p>}
        {look === 'saved' && attendance && <p>{t(recorded, { time: formatTime(attendance.arrivedAt, event.zone) })}</p>}
        {attendance?.represents && <p>{t('standsInFor', { office: attendance.represents })}</p>}
      </div>
      {attendance && may(space.role.value, 'checkIn') && (
        <UndoAttendance space={space} attendance={attendance} name={person.name} />
      )}
    </section>
  )
}
