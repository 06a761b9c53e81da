import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { useForm } from '../../useForm.ts'
import { useWords } from '../../words.ts'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

/** The name by which colleagues and auditors know this person. */
export function NameCard({ facts, onDone }: { facts: AccountFacts; onDone: () => void }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const [name, setName] = useState(facts.name)
  const { said, run } = useCall()
  const form = useForm({
    check: () => ({ name: name.trim() ? undefined : t('required') }),
    send: () => run(() => ownAccount((own) => own.rename(name.trim())), t('done')),
    done: onDone,
  })

  return (
    <section class="card">
      <h2>{t('nameTitle')}</h2>
      <p>{facts.email}</p>
      <form {...form.props}>
        <TextField
          label={t('name')}
          value={name}
          onInput={setName}
          autoComplete="name"
          maxLength={200}
          error={form.errors.name}
        />
        <button type="submit" aria-disabled={form.busy}>
          {t('saveName')}
        </button>
      </form>
      <SaidNotice said={said} />
    </section>
  )
}
