import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { useForm } from '../../useForm.ts'
import { useWords } from '../../words.ts'
import { PasswordField } from '../account/PasswordField.tsx'
import { newPasswordError } from './newPassword.ts'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

/** A new password, which signs out everywhere else. */
export function PasswordCard({ facts, onDone }: { facts: AccountFacts; onDone: () => void }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { said, run } = useCall()
  const form = useForm({
    check: () => ({
      current: facts.hasPassword && !current ? t('required') : undefined,
      password: newPasswordError(t, password, [facts.name, facts.email]),
    }),
    send: () => run(() => ownAccount((own) => own.changePassword(current, password)), t('passwordChanged')),
    done() {
      setCurrent('')
      setPassword('')
      onDone()
    },
  })

  return (
    <section class="card">
      <h2>{t('passwordTitle')}</h2>
      {!facts.hasPassword && <p>{t('passwordNone')}</p>}
      <form {...form.props}>
        <input type="hidden" autoComplete="username" value={facts.email} />
        {facts.hasPassword && (
          <PasswordField
            label={t('current')}
            autoComplete="current-password"
            value={current}
            onInput={setCurrent}
            error={form.errors.current}
          />
        )}
        <PasswordField
          label={t('next')}
          hint={t('passwordHint')}
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={form.errors.password}
        />
        <p class="soft">{t('passwordEnds')}</p>
        <button type="submit" aria-disabled={form.busy}>
          {t('changePassword')}
        </button>
      </form>
      <SaidNotice said={said} />
    </section>
  )
}
