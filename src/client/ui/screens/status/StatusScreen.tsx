import { useEffect } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { ageParts } from '../../status/age.ts'
import { useNow, useReached, useUnsentTotal } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { DeviceFacts } from './DeviceFacts.tsx'
import { SpaceStatus } from './SpaceStatus.tsx'

/** The truth about where data is: what is on this device only, why, and whether the app may be closed. */
export function StatusScreen() {
  const t = useWords('status')
  const { identity, spaces, sync, syncNow } = useApp()
  const { enrolled } = identity.value
  const rows = spaces.rows.value ?? []
  const { running } = sync.value
  const { count, parked } = useUnsentTotal()
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
          <Notice kind="ok">
            <h2>{t('closeQuestion')}</h2>
            {count > 0 && <p>{t('closeUnsent', { count })}</p>}
            {parked > 0 && <p>{t('closeParked', { count: parked })}</p>}
            {count === 0 && parked === 0 && <p>{t('closeSent')}</p>}
          </Notice>
          {!enrolled && (
            <Notice kind="warn">
              <p>{rows.length > 0 ? t('signedOut') : t('neverSignedIn')}</p>
              <a href="/masuk">{t('signIn')}</a>
            </Notice>
          )}
          <Contact />
          <section class="stack">
            <h2>{t('events')}</h2>
            {rows.length === 0 && <p>{t('noEvents')}</p>}
            <ul class="rows">
              {rows.map((row) => (
                <li key={row.space}>
                  <SpaceStatus row={row} />
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

/** When the server last answered, and why it does not now. */
function Contact() {
  const t = useWords('status')
  const { sync } = useApp()
  const reached = useReached()
  const { lastContactAt, failure } = sync.value
  const { unit, count } = ageParts(useNow() - (lastContactAt ?? 0))
  return (
    <section class="stack">
      <h2>{t('contact')}</h2>
      {lastContactAt === undefined ? (
        <p>{t('neverReached')}</p>
      ) : (
        <p>{unit === 'now' ? t('reachedNow') : t('reachedAgo', { age: t(`age.${unit}`, { count }) })}</p>
      )}
      {failure && (
        <Notice kind={reached ? 'info' : 'warn'}>
          <p>{failureWords(t, failure)}</p>
          <p>{t('triesByItself')}</p>
        </Notice>
      )}
    </section>
  )
}
