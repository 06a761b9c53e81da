import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { passwordProblem } from '../../../../core/password.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useWords } from '../../words.ts'
import { isEmail } from '../account/check.ts'
import { PasswordField } from '../account/PasswordField.tsx'

type Errors = { email?: string; code?: string; password?: string; other?: string }

/** There is no mail: an organizer gives a code, and the code a new password. */
export function ForgotPassword() {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const { route } = useLocation()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const form = useFocusFirstError(errors)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const problem = passwordProblem(password, [email])
    const found: Errors = {}
    if (!isEmail(email)) found.email = t('emailNeeded')
    if (!code.trim()) found.code = t('required')
    if (problem) found.password = problem === 'tooShort' ? t('tooShort') : t('failure.weakPassword')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await ownAccount((own) => own.reset({ email, code, password }))
    setBusy(false)
    if (answer.ok) return route('/', true)
    const { failure } = answer
    const { kind } = failure
    if (kind === 'notFound' || kind === 'expired' || kind === 'used') setErrors({ code: t(`resetCode.${kind}`) })
    else if (kind === 'weakPassword') setErrors({ password: t('failure.weakPassword') })
    else setErrors({ other: failureWords(t, failure) })
  }

  return (
    <Screen
      title={t('resetTitle')}
      back="/masuk"
      first
      actions={
        <button type="submit" form="reset" class="primary" aria-disabled={busy}>
          {busy ? t('resetting') : t('reset')}
        </button>
      }
    >
      <p>{t('resetHint')}</p>
      <form id="reset" ref={form} noValidate onSubmit={submit}>
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          value={email}
          onInput={setEmail}
          error={errors.email}
        />
        <div class="code-field">
          <TextField
            label={t('code')}
            hint={t('codeHint')}
            value={code}
            onInput={setCode}
            autoComplete="one-time-code"
            maxLength={40}
            error={errors.code}
          />
        </div>
        <PasswordField
          label={t('next')}
          hint={t('passwordHint')}
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={errors.password}
        />
        {errors.other && <Notice kind="danger">{errors.other}</Notice>}
      </form>
    </Screen>
  )
}
