import { useState } from 'preact/hooks'
import { minPasswordLength, passwordProblem } from '../../../../core/password.ts'
import { useApp } from '../../app.ts'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useWords } from '../../words.ts'
import { PasswordField } from '../account/PasswordField.tsx'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

/** A new password, which signs out everywhere else. */
export function PasswordCard({ facts, onDone }: { facts: AccountFacts; onDone: () => void }) {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<{ current?: string; password?: string }>({})
  const { busy, said, run } = useCall()
  const form = useFocusFirstError(errors)

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const problem = passwordProblem(password, [facts.name, facts.email])
    const found: typeof errors = {}
    if (facts.hasPassword && !current) found.current = t('required')
    if (problem) found.password = problem === 'tooShort' ? t('tooShort') : t('failure.weakPassword')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    if (!(await run(() => ownAccount((own) => own.changePassword(current, password)), t('passwordChanged')))) return
    setCurrent('')
    setPassword('')
    onDone()
  }

  return (
    <section class="card">
      <h2>{t('passwordTitle')}</h2>
      {!facts.hasPassword && <p>{t('passwordNone')}</p>}
      <form noValidate ref={form} onSubmit={change}>
        <input type="hidden" autoComplete="username" value={facts.email} />
        {facts.hasPassword && (
          <PasswordField
            label={t('current')}
            autoComplete="current-password"
            value={current}
            onInput={setCurrent}
            error={errors.current}
          />
        )}
        <PasswordField
          label={t('next')}
          hint={t('passwordHint', { count: minPasswordLength })}
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={errors.password}
        />
        <p class="soft">{t('passwordEnds')}</p>
        <button type="submit" aria-disabled={busy}>
          {t('changePassword')}
        </button>
      </form>
      <SaidNotice said={said} />
    </section>
  )
}
