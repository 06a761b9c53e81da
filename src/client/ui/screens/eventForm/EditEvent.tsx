import { useLocation } from 'preact-iso'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { updateEvent } from '../../../state/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { EventFields } from './EventFields.tsx'
import { formOfEvent, toVersion } from './form.ts'
import { useEventDraft } from './useEventDraft.ts'

export function EditEvent({ space: id }: ScreenProps) {
  const t = useWords('eventForm')
  return (
    <InEvent id={id}>
      {(space, event) =>
        may(space.role.value, 'editEvent') ? (
          <EditForm space={space} event={event} />
        ) : (
          <Screen title={t('editTitle')} above={event.title} back={`/kegiatan/${space.id}`}>
            <Notice kind="info">{t('organizersOnly')}</Notice>
          </Screen>
        )
      }
    </InEvent>
  )
}

/** The form opens with the event of that moment, and writes only what was changed since. */
function EditForm({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('eventForm')
  const { route } = useLocation()
  const home = `/kegiatan/${space.id}`
  const state = useEventDraft(`event:${space.id}`)
  const { draft } = state
  if (!draft)
    return (
      <Screen title={t('editTitle')} back={home}>
        <p role="status">{t('openingEvent')}</p>
      </Screen>
    )
  const form = formOfEvent(event, space.sessions.value)
  const edited = draft === 'none' ? { before: form, after: form } : draft

  async function save(): Promise<void> {
    await updateEvent(space, toVersion(edited.before), toVersion(edited.after))
    await state.done()
    route(home, true)
  }

  return (
    <EventFields
      title={t('editTitle')}
      above={event.title}
      back={home}
      draft={edited}
      state={state}
      attendees={(session) => space.attendance.value.get(session)?.size ?? 0}
      onSave={save}
      saveLabel={t('save')}
    />
  )
}
