import { isIos } from '../../../device/hosting.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** This browser held events, as the server or its own mark says, and its database was empty: what is gone, safe, to be done. */
export function Wiped() {
  const t = useWords('events')
  const language = useLanguage()
  const { identity, forgetWipe } = useApp()
  const { wipedAt, recovered = 0, unread } = identity.value
  if (wipedAt === undefined) return null
  return (
    <Notice kind="danger">
      <div class="stack">
        <h2>{t('wiped.title')}</h2>
        <p>{t('wiped.found', { time: localMoment(wipedAt, language) })}</p>
        {recovered > 0 && <p>{t('wiped.recovered', { count: recovered })}</p>}
        {unread && <p>{t('wiped.unread')}</p>}
        {recovered === 0 && !unread && <p>{t('wiped.lost')}</p>}
        <p>{t('wiped.safe')}</p>
        <p>{t('wiped.todo')}</p>
        {isIos() && <p>{t('wiped.ios')}</p>}
        <button type="button" onClick={forgetWipe}>
          {t('wiped.read')}
        </button>
      </div>
    </Notice>
  )
}
