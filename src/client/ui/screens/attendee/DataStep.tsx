import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { dayAt } from '../../../../core/time.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import { AskedFields } from '../../parts/person/AskedFields.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useWords } from '../../words.ts'
import { AboutEvent } from './AboutEvent.tsx'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { FindMe } from './FindMe.tsx'
import { type AttendeeDraft, nameOf } from './form.ts'
import type { FindOutcome } from './formContext.ts'
import { Invitation } from './Invitation.tsx'
import { OutsideHint } from './OutsideHint.tsx'
import { PrivacyNotice } from './PrivacyNotice.tsx'

/** First of three: what this is, the notice, and who it is, found by a number or filled in. */
export function DataStep(props: {
  space: FormSpace
  event: EventRecord
  session: SessionRecord
  draft: AttendeeDraft
  onChange: (draft: AttendeeDraft) => void
  code: string
  /** Of a personal link: what came of looking for whom it was sent to. */
  invitation: FindOutcome | 'looking' | undefined
  onReceipts: (() => void) | undefined
  keep: ComponentChildren
  /** Why the form cannot be saved yet. */
  notYet: ComponentChildren
}) {
  const t = useWords('attendee')
  const { space, event, session, draft, onChange } = props
  const [tried, setTried] = useState({ isNameMissing: false })
  const form = useFocusFirstError(tried)

  function submit(submitted: Event) {
    submitted.preventDefault()
    const isNameMissing = nameOf(draft) === ''
    setTried({ isNameMissing })
    if (!isNameMissing) onChange({ ...draft, step: 'signature' })
  }
  /** Who opens the link days before comes for this, not for the form. */
  const isEarly = session.day > dayAt(space.now(), event.zone)
  const aside = (
    <>
      <OutsideHint code={props.code} />
      {props.keep}
    </>
  )
  return (
    <AttendeeFrame
      title={event.title || t('event')}
      above={t('title')}
      step={1}
      actions={
        <>
          {props.notYet}
          {props.onReceipts && (
            <button type="button" onClick={props.onReceipts}>
              {t('toReceipts')}
            </button>
          )}
          <button type="submit" form="attendee-data" class="primary">
            {t('next')}
          </button>
        </>
      }
    >
      <AboutEvent
        space={space}
        event={event}
        session={session}
        onSession={(id) => onChange({ ...draft, session: id })}
      />
      {isEarly && aside}
      <p class="attendee-purpose">{t('notice.who', { institution: event.institution || t('organizer') })}</p>
      {props.invitation && !draft.found && <Invitation outcome={props.invitation} />}
      <FindMe
        space={space.id}
        found={draft.found}
        onFound={(found) => onChange({ ...draft, found, step: 'signature' })}
        onForget={() => onChange({ ...draft, found: undefined })}
      />
      <form id="attendee-data" ref={form} noValidate onSubmit={submit}>
        {!draft.found && (
          <AskedFields
            space={space}
            asks={space.signIn.value.asks}
            draft={draft.person}
            onChange={(person) => onChange({ ...draft, person })}
            nameError={tried.isNameMissing && nameOf(draft) === '' ? t('required') : undefined}
          />
        )}
      </form>
      <PrivacyNotice {...event} />
      {!isEarly && aside}
    </AttendeeFrame>
  )
}
