import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/** Why the way through the identity provider ended here, and what to do now. */
export function SsoRefused({ outcome }: { outcome: string }) {
  const t = useWords('account')
  return (
    <Notice kind="danger">
      <p>{t(`sso.${outcome}`, { defaultValue: t('sso.failed') })}</p>
      {outcome === 'unknown' && <a href="/gabung">{t('haveCode')}</a>}
    </Notice>
  )
}
