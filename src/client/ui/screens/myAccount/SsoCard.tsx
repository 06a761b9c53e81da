import { useApp } from '../../app.ts'
import { useWords } from '../../words.ts'
import { SaidNotice } from './SaidNotice.tsx'
import { useCall } from './useCall.ts'

/** The tie to the office's identity provider. */
export function SsoCard({ provider, isLinked }: { provider: string; isLinked: boolean }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const { busy, said, run } = useCall()

  async function link(): Promise<void> {
    await run(async () => {
      const started = await ownAccount((own) => own.startSso('link'))
      if (started.ok) location.assign(started.value.url)
      return started
    }, '')
  }

  return (
    <section class="card">
      <h2>{t('ssoTitle', { provider })}</h2>
      <p>{t(isLinked ? 'ssoLinked' : 'ssoNotLinked', { provider })}</p>
      {!isLinked && (
        <button type="button" aria-disabled={busy} onClick={link}>
          {t('ssoLink')}
        </button>
      )}
      {said?.kind === 'danger' && <SaidNotice said={said} />}
    </section>
  )
}
