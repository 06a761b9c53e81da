import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { type EventTemplate, eventTemplates } from '../../../../core/templates.ts'
import { dayAt } from '../../../../core/time.ts'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { EventFields } from './EventFields.tsx'
import { type EventDraft, formOfTemplate, toVersion } from './form.ts'
import { TemplatePicker } from './TemplatePicker.tsx'
import { ThrownAway } from './ThrownAway.tsx'
import { useEventDraft } from './useEventDraft.ts'

const draftKey = 'event:new'

/** A new event, with or without a network. What is typed stays on the device until it is saved or thrown away. */
export function NewEvent() {
  const t = useWords('eventForm')
  const { spaces, identity, wall } = useApp()
  const { route } = useLocation()
  const state = useEventDraft(draftKey)
  const { draft } = state
  const today = useMemo(() => dayAt(wall(), 'WIB'), [wall])

  function start(template: EventTemplate): void {
    const form = formOfTemplate(template, today)
    state.change({ before: form, after: form })
  }

  async function save({ after }: EventDraft): Promise<void> {
    const { event, sessions } = toVersion(after)
    const space = await spaces.createEvent(event, [...sessions.values()], draftKey)
    await state.done()
    route(`/kegiatan/${space}`, true)
  }

  if (!identity.value.organizer)
    return (
      <Screen title={t('newTitle')} back="/">
        <Notice kind="info">{t('organizersOnly')}</Notice>
      </Screen>
    )
  if (draft === undefined || draft === 'none')
    return (
      <Screen title={t('newTitle')} back="/">
        <ThrownAway state={state} />
        {draft && <TemplatePicker templates={eventTemplates} onPick={start} />}
      </Screen>
    )
  return (
    <EventFields
      title={t('newTitle')}
      back="/"
      draft={draft}
      state={state}
      onSave={() => save(draft)}
      saveLabel={t('create')}
    />
  )
}
