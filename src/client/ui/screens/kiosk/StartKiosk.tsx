import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { isPin } from '../../../../core/kiosk.ts'
import { fillScreen } from '../../../device/fullScreen.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { SessionSwitch } from '../../parts/SessionSwitch.tsx'
import { useAbove } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { useSaving } from '../../useSaving.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { ReleaseKiosk } from './ReleaseKiosk.tsx'

/** Makes this device a kiosk, once it has a PIN; and opens another one whose PIN was forgotten. */
export function StartKiosk({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <Start space={space} event={event} />}</InEvent>
}

function Start({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('kiosk')
  const { kiosk } = useApp()
  const session = useSession(space)
  const above = useAbove(space, event, session)
  const [pin, setPin] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, failure, save } = useSaving()
  const mayStart = session && mayCheckIn(space, session)

  async function start(submitted: SubmitEvent) {
    submitted.preventDefault()
    setTried(true)
    if (!session || !isPin(pin)) return
    void fillScreen()
    await save(() => kiosk.start(space.id, session.id, pin))
  }
  return (
    <Screen
      title={t('startTitle')}
      above={above}
      back={eventPath(space.id, '', { sesi: session?.id })}
      actions={
        mayStart && (
          <>
            <SaveFailed failure={failure} />
            <button type="submit" form="start-kiosk" class="primary" disabled={busy}>
              {t('start')}
            </button>
          </>
        )
      }
    >
      <ol class="steps">
        <li>{t('about')}</li>
        <li>{t('aboutList')}</li>
        <li>{t('aboutPin')}</li>
      </ol>
      {!mayStart && <Notice kind="warn">{t('noSession')}</Notice>}
      {mayStart && (
        <form id="start-kiosk" class="stack" autocomplete="off" noValidate onSubmit={start}>
          <SessionSwitch space={space} session={session} />
          <TextField
            label={t('newPin')}
            hint={t('newPinHint')}
            error={tried && !isPin(pin) ? t('newPinWrong') : undefined}
            value={pin}
            onInput={setPin}
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
          />
        </form>
      )}
      <Notice kind="info">{t('pinScreen')}</Notice>
      <ReleaseKiosk salt={event.salt} />
    </Screen>
  )
}
