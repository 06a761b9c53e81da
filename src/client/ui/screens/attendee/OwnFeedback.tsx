import { useRef, useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { begunForm, ownForms } from '../../../state/answering.ts'
import { ownPeople } from '../../../state/attendee.ts'
import { findForm, formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { AnswerNotices } from '../../parts/feedback/AnswerNotices.tsx'
import { AskedCards } from '../../parts/feedback/AskedCards.tsx'
import { FillSheet } from '../../parts/feedback/FillSheet.tsx'
import { Thanked } from '../../parts/feedback/Thanked.tsx'
import { useDraftKeys } from '../../parts/feedback/useDraftKeys.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useNow } from '../../status/StatusLine.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { useWayBack } from './useWayBack.ts'

/** Among the receipts: what is still asked of whoever was signed in here. `thanked`: answers were just saved. */
export function OwnFeedback(props: { space: OpenSpace; thanked: boolean; onFill: (form: string) => void }) {
  const t = useWords('questions')
  const { ballots, status } = useApp()
  const { space, thanked } = props
  useNow()
  const asked = ownForms(space, ballots, useDraftKeys(thanked))
  const people = ownPeople(space)
  const ballotsHere = status.unsent.value.get(space.id)?.ballots ?? 0
  const nameOf = (person: string) => people.find(({ id }) => id === person)?.name ?? ''
  return (
    <>
      {thanked && <Thanked />}
      {ballotsHere > 0 && <Notice kind="info">{t('ballotWaiting')}</Notice>}
      <AskedCards space={space} asked={asked} {...(people.length > 1 && { nameOf })} onFill={props.onFill} />
    </>
  )
}

/** An attendee answers a form, for one of the persons of this phone. */
export function FillOwn(props: {
  space: OpenSpace
  event: EventRecord
  form: string
  onEnd: (isSaved: boolean) => void
}) {
  const t = useWords('questions')
  const language = useLanguage()
  const { ballots } = useApp()
  const { space } = props
  const isSaved = useRef(false)
  const leave = useWayBack(() => props.onEnd(isSaved.current))
  const drafts = useDraftKeys(props.form)
  const form = findForm(space, props.form)
  const asked = ownForms(space, ballots, drafts).find((one) => one.form.id === props.form)
  const [answering, setAnswering] = useState<string | undefined>(undefined)
  const chosen = answering ?? (asked?.people.length === 1 ? asked.people[0] : undefined)
  const person = ownPeople(space).find(({ id }) => id === chosen)
  /** Whoever has begun stays, though the form is closed or deleted meanwhile, or his name leaves the list. */
  if (chosen && !answering) setAnswering(chosen)
  if (!form) return null
  const shown = chosen ? begunForm(space, form, chosen, drafts) : form
  return (
    <AttendeeFrame
      title={formTitle(space, form, language)}
      above={props.event.title}
      actions={
        <button type="button" onClick={leave}>
          {t('later')}
        </button>
      }
    >
      <AnswerNotices space={space} form={form} />
      {!person && asked && (
        <ChooseOwn
          people={ownPeople(space).filter(({ id }) => asked.people.includes(id))}
          onChoose={(id) => setAnswering(id)}
        />
      )}
      {person && (
        <FillSheet
          key={`${person.id} ${shown.version}`}
          space={space}
          form={shown}
          person={person.id}
          name={person.name}
          onDone={() => {
            isSaved.current = true
            leave()
          }}
          onOther={asked && asked.people.length > 1 ? () => setAnswering(undefined) : undefined}
        />
      )}
    </AttendeeFrame>
  )
}

function ChooseOwn(props: { people: { id: string; name: string }[]; onChoose: (person: string) => void }) {
  const t = useWords('questions')
  return (
    <section class="stack" aria-labelledby="whose">
      <h2 id="whose">{t('whose')}</h2>
      <ul class="rows">
        {props.people.map(({ id, name }) => (
          <li key={id}>
            <button type="button" class="person-row" onClick={() => props.onChoose(id)}>
              <span class="person-name">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
