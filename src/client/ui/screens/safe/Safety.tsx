import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { StorageSilent } from '../../parts/StorageSilent.tsx'
import { useUncopied } from '../../status/StatusLine.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { draftPlace } from './draftPlace.ts'
import { parkedPlace } from './parkedPlace.ts'
import { type Safety as Checked, isSafe, useSafety } from './useSafety.ts'

/** "Aman ditutup?": one sentence, why, and as of when. `hasRescue`: the way to a rescue file stands right below it. */
export function Safety({ hasRescue = false }: { hasRescue?: boolean }) {
  const t = useWords('safe')
  const language = useLanguage()
  const { spaces, sync } = useApp()
  const { lastContactAt } = sync.value
  const uncopied = useUncopied()
  const { found: safety, failed, retry } = useSafety()
  if (failed) return <StorageSilent onRetry={retry} />
  if (!safety)
    return (
      <Notice kind="info">
        <p aria-busy="true">{t('checking')}</p>
      </Notice>
    )
  const checked = t('checked', { time: localMoment(safety.checkedAt, language) })
  const contact = lastContactAt ? t('contact', { time: localMoment(lastContactAt, language) }) : t('noContact')
  const mayGo = isSafe(safety) && spaces.inHand.value.length === 0
  return (
    <Notice kind={mayGo ? 'ok' : 'warn'}>
      <div class="stack">
        <h2>{t(mayGo ? 'safe' : uncopied ? 'mustStay' : 'unsafe')}</h2>
        <Reasons safety={safety} mayGo={mayGo} hasRescue={hasRescue} />
        <p class="soft">
          {checked} {contact}
        </p>
      </div>
    </Notice>
  )
}

function Reasons({ safety, mayGo, hasRescue }: { safety: Checked; mayGo: boolean; hasRescue: boolean }) {
  const t = useWords('safe')
  const { localOnly, ballots, parked, parkedIn = '', drafts, isUnsure } = safety
  const { path } = useLocation()
  const { identity, spaces } = useApp()
  const { wipedAt } = identity.value
  if (mayGo && wipedAt === undefined) return <p>{t('because.sent')}</p>
  if (mayGo)
    return (
      <p>
        {t('because.cleared')} <a href="/">{t('toCleared')}</a>
      </p>
    )
  return (
    <ul class="reasons">
      {isUnsure && (
        <li>
          {t('because.unsure')} <a href="/masuk">{t('toSignIn')}</a>
        </li>
      )}
      {ballots > 0 && <li>{t('because.ballots', { count: ballots })}</li>}
      {localOnly > ballots && (
        <li>
          {t('because.localOnly', { count: localOnly - ballots })}{' '}
          {!hasRescue && <a href="/cadangan-darurat">{t('toRescue')}</a>}
        </li>
      )}
      {parked > 0 && (
        <li>
          {t('because.parked', { count: parked })}{' '}
          {/* On that screen itself only the place changes: the browser goes there by itself. */}
          <a href={path === '/status' ? parkedPlace(parkedIn) : `/status${parkedPlace(parkedIn)}`}>{t('toStatus')}</a>
        </li>
      )}
      {spaces.inHand.value.map(({ space, title, count }) => (
        <li key={space}>
          {t('because.inHand', { title, count })} <a href="/">{t('toCleared')}</a>
        </li>
      ))}
      {drafts.map((key) => {
        const { form, href } = draftPlace(key)
        return (
          <li key={key}>
            {t('because.draft')} <a href={href}>{t(`form.${form}`)}</a>
          </li>
        )
      })}
    </ul>
  )
}
