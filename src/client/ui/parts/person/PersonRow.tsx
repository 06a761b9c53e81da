import type { Attendance } from '../../../../core/attendance.ts'
import { isLate } from '../../../../core/closing.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { formatTime, type Zone } from '../../../../core/time.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** A person in a list: who, from where, and since when present. The whole row is the target. */
export function PersonRow(props: {
  href: string
  person: Person
  attendance: Attendance | undefined
  /** What the attendance is of: it may have come after the list was closed. */
  session?: SessionRecord | undefined
  zone: Zone
  /** Who came in the place of somebody invited. */
  deputy?: Person | undefined
  /** Why somebody should look at the person, in a few words. */
  look?: string | undefined
  current?: boolean
  /** Instead of following the address. */
  onOpen?: () => void
}) {
  const t = useWords('person')
  const { person, attendance, deputy, look } = props
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
        {look && <span class="person-look">{look} · </span>}
        {attendance && (
          <span class="person-present">
            <Icon name="check" />
            {t(isLate(props.session, attendance) ? 'lateSince' : 'presentSince', {
              time: formatTime(attendance.arrivedAt, props.zone),
            })}
          </span>
        )}
        {attendance && office && ' · '}
        {!attendance && deputy && `${t('deputy', { name: deputy.name || t('nameless') })}${office && ' · '}`}
        {office}
      </span>
    </a>
  )
}
