import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { Said } from './useCall.ts'

/** What came of a call, beside the button that made it. */
export function SaidNotice({ said }: { said: Said | undefined }) {
  const t = useWords('myAccount')
  if (!said) return null
  return (
    <Notice kind={said.kind}>
      <p>{said.words}</p>
      {said.again && <a href="/masuk?ke=akun">{t('signInAgain')}</a>}
    </Notice>
  )
}
