import { useEffect, useRef } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { OpenGate } from './OpenGate.tsx'
import { SignInChoices } from './SignInChoices.tsx'
import { useGate } from './useGate.ts'

/** The attendees' door: its code to be shown, sent and printed, and what those who come in are asked. */
export function GateScreen({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <OfEvent space={space} event={event} />}</InEvent>
}

function OfEvent({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('gate')
  const session = useSession(space)
  const gate = space.gate.value
  const { saving, failure, open, close } = useGate(space)
  const mayOpen = may(space.role.value, 'gate')
  const isUnsent = space.role.value === 'organizer' && space.progress.value.head === 0
  const state = useRef<HTMLDivElement>(null)
  /** The button that was pressed is gone with the state that it ended: what is so now takes the focus. */
  useEffect(() => {
    if (saving.busy || document.activeElement !== document.body) return
    state.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus()
  }, [gate?.code, saving.busy])
  return (
    <Screen
      title={t('title')}
      above={event.title}
      back={eventPath(space.id, '', { sesi: session?.id })}
      wide
      actions={
        mayOpen &&
        !gate && (
          <button type="button" class="primary" disabled={saving.busy} onClick={open}>
            {saving.busy ? t('asking') : t('open')}
          </button>
        )
      }
    >
      {failure && (
        <Notice kind="danger">
          <p>{failureWords(t, failure)}</p>
          <p>{t(isUnsent ? 'needsServerFirst' : 'needsNetwork')}</p>
        </Notice>
      )}
      <SaveFailed failure={saving.failure} />
      <div class="two-columns">
        <div class="stack" ref={state}>
          {gate ? <OpenGate space={space} event={event} code={gate.code} /> : <p tabIndex={-1}>{t('closedHint')}</p>}
          {!mayOpen && !gate && <Notice kind="info">{t('notYours')}</Notice>}
        </div>
        <div class="stack">
          {may(space.role.value, 'editEvent') && <SignInChoices space={space} event={event} />}
          {gate && mayOpen && (
            <section class="stack">
              <h2>{t('change')}</h2>
              <p class="soft">{t('changeHint')}</p>
              <div class="buttons">
                <button type="button" disabled={saving.busy} onClick={open}>
                  {t('replace')}
                </button>
                <button type="button" class="danger" disabled={saving.busy} onClick={close}>
                  {t('closeGate')}
                </button>
              </div>
            </section>
          )}
        </div>
      </div>
    </Screen>
  )
}
