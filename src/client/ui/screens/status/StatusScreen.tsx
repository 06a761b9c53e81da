import { useEffect } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { ageParts } from '../../status/age.ts'
import { useNow, useStuck, useUnsentTotal } from '../../status/StatusLine.tsx'
import { SyncFailure } from '../../status/SyncFailure.tsx'
import { useNoAccount } from '../../useNoAccount.ts'
import { useWords } from '../../words.ts'
import { Safety } from '../safe/Safety.tsx'
import { DeviceFacts } from './DeviceFacts.tsx'
import { SpaceStatus } from './SpaceStatus.tsx'
import { useQuarantined } from './useQuarantined.ts'

/** The truth about where data is: what is on this device only, why, and whether the app may be closed. */
export function StatusScreen() {
  const t = useWords('status')
  const { health, identity, spaces, sync, syncNow } = useApp()
  const { enrolled } = identity.value
  const rows = spaces.rows.value ?? []
  const { running } = sync.value
  const stuck = useStuck()
  const noAccount = useNoAccount()
  const quarantined = useQuarantined(rows)
  useEffect(syncNow, [syncNow])
  return (
    <Screen
      title={t('title')}
      back="/"
      wide
      actions={
        enrolled && (
          <button type="button" class="primary" onClick={syncNow} aria-disabled={running}>
            {running ? t('trying') : t('tryNow')}
          </button>
        )
      }
    >
      <div class="status-columns">
        <div class="stack">
          {stuck && <Stuck />}
          {health.value.short && (
            <Notice kind="warn">
              <p>{t('short')}</p>
              <p>{t('shortHint')}</p>
            </Notice>
          )}
          <Safety />
          <div class="buttons">
            <a class="button" href="/aman">
              {t('toSafe')}
            </a>
            <a class="button" href="/cadangan-darurat">
              {t('toRescue')}
            </a>
          </div>
          {!enrolled && (
            <Notice kind="warn">
              <p>{t(rows.length === 0 ? 'neverSignedIn' : noAccount ? 'leftOut' : 'signedOut')}</p>
              {noAccount ? <a href="/gabung">{t('joinAgain')}</a> : <a href="/masuk">{t('signIn')}</a>}
            </Notice>
          )}
          <Contact />
          <section class="stack">
            <h2>{t('events')}</h2>
            {rows.length === 0 && <p>{t('noEvents')}</p>}
            <ul class="rows">
              {rows.map((row) => (
                <li key={row.space}>
                  <SpaceStatus row={row} quarantined={quarantined.get(row.space) ?? 0} />
                </li>
              ))}
            </ul>
          </section>
        </div>
        <DeviceFacts />
      </div>
    </Screen>
  )
}

/** The alarm in full: how much stands still although the server answers, and what a person can do. */
function Stuck() {
  const t = useWords('status')
  const { count, oldestWall } = useUnsentTotal()
  const age = ageParts(useNow() - oldestWall)
  return (
    <Notice kind="danger">
      <p>{t('stuck', { count, age: t(`age.${age.unit}`, { count: age.count }) })}</p>
      <p>{t('stuckHint')}</p>
      <a href="/cadangan-darurat">{t('toRescue')}</a>
    </Notice>
  )
}

/** When the server last answered, and why it does not now. */
function Contact() {
  const t = useWords('status')
  const { sync } = useApp()
  const { lastContactAt } = sync.value
  const { unit, count } = ageParts(useNow() - (lastContactAt ?? 0))
  return (
    <section class="stack">
      <h2>{t('contact')}</h2>
      {lastContactAt === undefined ? (
        <p>{t('neverReached')}</p>
      ) : (
        <p>{unit === 'now' ? t('reachedNow') : t('reachedAgo', { age: t(`age.${unit}`, { count }) })}</p>
      )}
      <SyncFailure />
    </section>
  )
}
