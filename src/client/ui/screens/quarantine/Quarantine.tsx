import { useCallback, useEffect, useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { DeviceQuarantine } from './DeviceQuarantine.tsx'

type Answer = Awaited<ReturnType<Governing['quarantine']>>
export type ParkedDevice = Extract<Answer, { ok: true }>['value']['devices'][number]

/** [S11] What devices handed over that had no right to the event any more, or never had one: let in, or kept out. */
export function Quarantine({ space: id }: ScreenProps) {
  const t = useWords('quarantine')
  return (
    <InEvent id={id}>
      {(space, event) => (
        <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}/tim`}>
          {may(space.role.value, 'review') ? (
            <Devices space={space} />
          ) : (
            <Notice kind="info">{t('organizersOnly')}</Notice>
          )}
        </Screen>
      )}
    </InEvent>
  )
}

function Devices({ space }: { space: OpenSpace }) {
  const t = useWords('quarantine')
  const { governing, syncNow } = useApp()
  const [answer, setAnswer] = useState<Answer | undefined>(undefined)
  const load = useCallback(async () => setAnswer(await (await governing()).quarantine(space.id)), [governing, space.id])
  useEffect(() => void load(), [load])
  if (!answer) return <p role="status">{t('loading')}</p>
  if (!answer.ok)
    return (
      <Notice kind="warn">
        <p>{failureWords(t, answer.failure)}</p>
        <button type="button" onClick={load}>
          {t('tryAgain')}
        </button>
      </Notice>
    )
  const { devices } = answer.value
  if (devices.length === 0)
    return (
      <EmptyState title={t('empty')}>
        <p>{t('emptyHint')}</p>
      </EmptyState>
    )
  async function decided(): Promise<void> {
    await load()
    syncNow()
  }
  return (
    <>
      <p>{t('hint')}</p>
      {devices.map((device) => (
        <DeviceQuarantine key={device.dev} space={space} device={device} onDecided={decided} />
      ))}
    </>
  )
}
