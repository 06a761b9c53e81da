import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { KeptRescue, type Ops } from '../../parts/KeptRescue.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { SyncFailure } from '../../status/SyncFailure.tsx'
import { useWords } from '../../words.ts'
import { ClearDevice } from './ClearDevice.tsx'
import { Safety } from './Safety.tsx'
import { useSafety } from './useSafety.ts'

/** Whether this device may be closed, cleared or given away, and the way to clear it. */
export function Safe() {
  const t = useWords('safe')
  const { identity, sync, syncNow } = useApp()
  const { running } = sync.value
  const { enrolled } = identity.value
  const { found: safety } = useSafety()
  const [kept, setKept] = useState<Ops | undefined>(undefined)
  const needsRescue = enrolled && safety !== undefined && safety.localOnly > safety.ballots
  useEffect(() => {
    if (!needsRescue) setKept(undefined)
  }, [needsRescue])
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
      <Safety hasRescue={enrolled} />
      {needsRescue && <KeptRescue onKept={setKept} />}
      {enrolled && <SyncFailure />}
      {enrolled && <ClearDevice safety={safety} kept={kept} />}
    </Screen>
  )
}
