import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { eventTemplate } from '../../../../core/templates.ts'
import { dayAt, zoneAhead } from '../../../../core/time.ts'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { EventFields } from './EventFields.tsx'
import { type EventDraft, formOfTemplate, toVersion } from './form.ts'
import { useEventDraft } from './useEventDraft.ts'

const draftKey = 'event:new'

/** A new event, with or without a network. What is typed stays on the device until it is saved or thrown away. */
export function NewEvent() {
  const t = useWords('eventForm')
  const { spaces, identity, wall } = useApp()
  const { route } = useLocation()
  const state = useEventDraft(draftKey)
  const blank = useMemo(() => {
    const zone = zoneAhead(-new Date(wall()).getTimezoneOffset()) ?? 'WIB'
    return formOfTemplate(eventTemplate, dayAt(wall(), zone), zone)
  }, [wall])

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
  if (!state.draft)
    return (
      <Screen title={t('newTitle')} back="/">
        <p aria-busy="true" />
      </Screen>
    )
  const draft = state.draft === 'none' ? { before: blank, after: blank } : state.draft
  return (
    <EventFields
      title={t('newTitle')}
      back="/"
      draft={draft}
      state={state}
      attendees={() => 0}
      onSave={() => save(draft)}
      saveLabel={t('create')}
    />
  )
}
