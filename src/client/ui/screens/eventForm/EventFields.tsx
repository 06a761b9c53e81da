import { useState } from 'preact/hooks'
import { weekdayMismatch } from '../../../../core/time.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { checkForm, type FormErrors } from './check.ts'
import { DraftNotice } from './DraftNotice.tsx'
import type { EventDraft, EventForm } from './form.ts'
import { LetterDate } from './LetterDate.tsx'
import { LetterheadFields } from './LetterheadFields.tsx'
import { ModeAndZone } from './ModeAndZone.tsx'
import { ReaderChoice } from './ReaderChoice.tsx'
import { RoleFields } from './RoleFields.tsx'
import { SessionList } from './SessionList.tsx'
import { SignatoryFields } from './SignatoryFields.tsx'
import type { EventDraftState } from './useEventDraft.ts'
import { WeekdayWarning } from './WeekdayWarning.tsx'

/** Everything about an event on one page; errors appear with the first try to save and go as they are mended. */
export function EventFields(props: {
  title: string
  above?: string
  back: string
  draft: EventDraft
  state: EventDraftState
  /** How many people were seen at a session. */
  attendees: (session: string) => number
  onSave: () => Promise<void>
  saveLabel: string
}) {
  const t = useWords('eventForm')
  const form = props.draft.after
  const [tried, setTried] = useState<object>({})
  const [shown, setShown] = useState(false)
  const { busy, failure, save } = useSaving()
  const element = useFocusFirstError(tried)
  const errors: FormErrors = shown ? checkForm(form) : new Map()
  const change = (part: Partial<EventForm>) => props.state.change({ ...props.draft, after: { ...form, ...part } })
  const errorOf = (field: string) => {
    const error = errors.get(field)
    return error && t(error)
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setShown(true)
    setTried({})
    if (checkForm(form).size === 0) await save(props.onSave)
  }

  return (
    <Screen
      title={props.title}
      above={props.above}
      back={props.back}
      wide
      actions={
        <>
          {errors.size > 0 && <Notice kind="danger">{t('errors', { count: errors.size })}</Notice>}
          {failure && <Notice kind="danger">{t(`saveFailed.${failure}`)}</Notice>}
          <button type="submit" form="event" class="primary" aria-disabled={busy}>
            {busy ? t('saving') : props.saveLabel}
          </button>
        </>
      }
    >
      <DraftNotice state={props.state} />
      <form id="event" ref={element} class="event-form" noValidate onSubmit={submit}>
        <div class="stack">
          <section class="stack">
            <h2>{t('about')}</h2>
            <TextField
              label={t('eventTitle')}
              value={form.title}
              onInput={(title) => change({ title })}
              error={errorOf('title')}
            />
            <WeekdayWarning mismatch={weekdayMismatch(form.title)} />
            <TextField
              label={t('institution')}
              hint={t('institutionHint')}
              value={form.institution}
              onInput={(institution) => change({ institution })}
              error={errorOf('institution')}
            />
            <ModeAndZone form={form} onChange={change} />
            <TextField
              label={t('venue')}
              value={form.venue}
              onInput={(venue) => change({ venue })}
              optional={form.mode === 'daring'}
              error={errorOf('venue')}
            />
            <TextField
              label={t('city')}
              hint={t('cityHint')}
              value={form.city}
              onInput={(city) => change({ city })}
              error={errorOf('city')}
            />
          </section>
          <section class="stack">
            <h2>{t('sessions')}</h2>
            <LetterDate
              value={form.letterDate}
              sessions={form.sessions}
              onInput={(letterDate) => change({ letterDate })}
            />
            <SessionList
              sessions={form.sessions}
              attendees={props.attendees}
              onChange={(sessions) => change({ sessions })}
              errorOf={errorOf}
            />
          </section>
        </div>
        <div class="stack">
          <RoleFields roles={form.roles} onChange={(roles) => change({ roles })} error={errorOf('roles')} />
          <ReaderChoice checked={form.namesReaders} onChange={(namesReaders) => change({ namesReaders })} />
          <LetterheadFields lines={form.letterhead} onChange={(letterhead) => change({ letterhead })} />
          <section class="stack">
            <h2>{t('signatories')}</h2>
            <p class="soft">{t('signatoriesHint')}</p>
            <SignatoryFields legend={t('left')} value={form.left} onChange={(left) => change({ left })} />
            <SignatoryFields legend={t('right')} value={form.right} onChange={(right) => change({ right })} />
          </section>
        </div>
        {props.state.draft !== 'none' && (
          <button type="button" class="link-button" onClick={props.state.throwAway}>
            {t('startOver')}
          </button>
        )}
      </form>
    </Screen>
  )
}
