import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { formatNip } from '../../../../core/nip.ts'
import type { Person } from '../../../../core/person.ts'
import { formatPhone } from '../../../../core/phone.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson, rolesOf, setDeleted } from '../../../state/people.ts'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { ConsentCard } from './ConsentCard.tsx'
import { HintCard } from './HintCard.tsx'
import { MergeCards } from './MergeCards.tsx'
import { PassCard } from './PassCard.tsx'
import { PersonAttendance } from './PersonAttendance.tsx'
import { PersonForm } from './PersonForm.tsx'

/** What is known of a person, and everything that can be put right; `heading` where no screen names the person. */
export function PersonDetail(props: { space: OpenSpace; event: EventRecord; id: string; heading?: boolean }) {
  const t = useWords('people')
  const { space, event, id } = props
  const person = findPerson(space, id)
  /** A person that was just deleted can be brought back as long as the screen is open. */
  const lastSeen = useRef<Person | undefined>(undefined)
  if (person) lastSeen.current = person
  const [editing, setEditing] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useLayoutEffect(() => {
    if (wasEditing.current && !editing) editButton.current?.focus()
    wasEditing.current = editing
  }, [editing])
  const { failure, save } = useSaving()
  const mayChange = may(space.role.value, 'checkIn')
  const removed = lastSeen.current
  if (!person)
    return (
      <Notice kind="info">
        <p>{removed ? t('deleted', { name: removed.name }) : t('gone')}</p>
        {removed && mayChange && (
          <button type="button" onClick={() => save(() => setDeleted(space, removed.id, false))}>
            {t('restore')}
          </button>
        )}
        <SaveFailed failure={failure} />
      </Notice>
    )
  if (editing) return <PersonForm space={space} person={person} onDone={() => setEditing(false)} />
  return (
    <div class="stack">
      {props.heading && <h2>{person.name || t('nameless')}</h2>}
      <Facts person={person} event={event} />
      <HintCard space={space} event={event} person={person} />
      <PersonAttendance space={space} event={event} person={person} />
      <ConsentCard space={space} event={event} person={person} />
      <MergeCards space={space} person={person} />
      {may(space.role.value, 'history') && (
        <a href={`/kegiatan/${space.id}/riwayat?orang=${person.id}`}>{t('toHistory')}</a>
      )}
      {may(space.role.value, 'editEvent') && <PassCard space={space} event={event} person={person} />}
      <SaveFailed failure={failure} />
      {mayChange && (
        <div class="buttons">
          <button ref={editButton} type="button" onClick={() => setEditing(true)}>
            {t('edit')}
          </button>
          <button type="button" class="danger" onClick={() => save(() => setDeleted(space, person.id, true))}>
            {t('delete')}
          </button>
        </div>
      )}
    </div>
  )
}

function Facts({ person, event }: { person: Person; event: EventRecord }) {
  const t = useWords('person')
  const roleWords = rolesOf(person).map((role) => t(`role.${role}`))
  const facts = [
    [t('position'), person.position],
    [t('institution', { word: event.institutionWord }), person.institution],
    [t('roles'), roleWords.join(', ')],
    [t(`numberKinds.${person.numberKind}`), formatNip(person.nip)],
    [t('rank'), person.rank],
    [t('sex'), person.sex && t(`sexes.${person.sex}`)],
    [t('phone'), formatPhone(person.phone)],
    [t('email'), person.email],
    [t('note'), person.note],
    [t('listed'), person.invited ? t('invited') : t('notInvited')],
  ]
  return (
    <dl class="details">
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
