import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

export function NameCard({ facts, onDone }: { facts: AccountFacts; onDone: () => void }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const [name, setName] = useState(facts.name)
  const [error, setError] = useState<string | undefined>(undefined)
  const { busy, said, run } = useCall()

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setError(name.trim() ? undefined : t('required'))
    if (!name.trim()) return
    if (await run(() => ownAccount((own) => own.rename(name.trim())), t('done'))) onDone()
  }

  return (
    <section class="card">
      <h2>{t('nameTitle')}</h2>
      <p>{facts.email}</p>
      <form noValidate onSubmit={save}>
        <TextField label={t('name')} value={name} onInput={setName} autoComplete="name" maxLength={200} error={error} />
        <button type="submit" aria-disabled={busy}>
          {t('saveName')}
        </button>
      </form>
      <SaidNotice said={said} />
    </section>
  )
}
