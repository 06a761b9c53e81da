import { useEffect } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { SsoRefused } from '../account/SsoRefused.tsx'

/** What the way through the identity provider came to: `ok` made an account, `linked` tied one. */
export function SsoOutcome({ outcome }: { outcome: string }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  useEffect(() => {
    if (outcome === 'ok') void ownAccount((own) => own.finishSso())
  }, [outcome, ownAccount])
  if (outcome === 'ok' || outcome === 'linked')
    return <Notice kind="ok">{t(outcome === 'ok' ? 'created' : 'linked')}</Notice>
  return <SsoRefused outcome={outcome} />
}
