import { useEffect } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { Screen } from '../../parts/Screen.tsx'
import { SyncFailure } from '../../status/SyncFailure.tsx'
import { useWords } from '../../words.ts'
import { ClearDevice } from './ClearDevice.tsx'
import { Safety } from './Safety.tsx'

/** Whether this device may be closed, cleared or given away, and the way to clear it. */
export function Safe() {
  const t = useWords('safe')
  const { identity, sync, syncNow } = useApp()
  const { running } = sync.value
  const { enrolled } = identity.value
  useEffect(syncNow, [syncNow])
  return (
    <Screen
      title={t('title')}
      back="/status"
      actions={
        enrolled && (
          <button type="button" class="primary" onClick={syncNow} aria-disabled={running}>
            {running ? t('sending') : t('sendNow')}
          </button>
        )
      }
    >
      <Safety />
      {enrolled && <SyncFailure />}
      {enrolled && <ClearDevice />}
    </Screen>
  )
}
