import type { Attendance } from '../../../../core/attendance.ts'
import type { Person } from '../../../../core/person.ts'
import { formatTime, type Zone } from '../../../../core/time.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** A person in a list: who, from where, and since when present. The whole row is the target. */
export function PersonRow(props: {
  href: string
  person: Person
  attendance: Attendance | undefined
  zone: Zone
  current?: boolean
  /** Instead of following the address. */
  onOpen?: () => void
}) {
  const t = useWords('person')
  const { person, attendance } = props
  const office = [person.position, person.institution].filter(Boolean).join(' · ')
  return (
    <a
      class="person-row"
      href={props.href}
      aria-current={props.current ? 'true' : undefined}
      onClick={(event) => {
        if (!props.onOpen) return
        event.preventDefault()
        event.stopPropagation()
        props.onOpen()
      }}
    >
      <span class="person-name">{person.name || t('nameless')}</span>
      <span class="person-office">
        {attendance && (
          <span class="person-present">
            <Icon name="check" />
            {t('presentSince', { time: formatTime(attendance.arrivedAt, props.zone) })}
          </span>
        )}
        {office}
      </span>
    </a>
  )
}
