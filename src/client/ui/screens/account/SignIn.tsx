import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useWords } from '../../words.ts'
import { isEmail } from './check.ts'
import { OtherWays } from './OtherWays.tsx'
import { PasswordField } from './PasswordField.tsx'
import { SsoRefused } from './SsoRefused.tsx'

type Errors = { email?: string; password?: string; other?: string }

/** For who has an account; what is on the device stays as it is. */
export function SignIn() {
  const t = useWords('account')
  const { account } = useApp()
  const { route, query } = useLocation()
  const goOn = () => route(query.ke === 'akun' ? '/akun' : '/', true)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const form = useFocusFirstError(errors)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const found: Errors = {}
    if (!isEmail(email)) found.email = t('emailNeeded')
    if (!password) found.password = t('required')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await account.signIn({ email, password })
    setBusy(false)
    if (answer.ok) return goOn()
    const words = failureWords(t, answer.failure)
    setErrors(answer.failure.kind === 'wrongPassword' ? { password: words } : { other: words })
  }

  return (
    <Screen
      title={t('signInTitle')}
      back="/"
      first
      actions={
        <button type="submit" form="sign-in" class="primary" aria-disabled={busy}>
          {busy ? t('signingIn') : t('signIn')}
        </button>
      }
    >
      {query.sso && query.sso !== 'ok' && <SsoRefused outcome={query.sso} />}
      <p>{t('signInHint')}</p>
      <form id="sign-in" ref={form} noValidate onSubmit={submit}>
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          value={email}
          onInput={setEmail}
          error={errors.email}
        />
        <PasswordField
          label={t('password')}
          autoComplete="current-password"
          value={password}
          onInput={setPassword}
          error={errors.password}
        />
        {errors.other && <Notice kind="danger">{errors.other}</Notice>}
      </form>
      <p>
        <a href="/lupa-sandi">{t('forgot')}</a>
      </p>
      <OtherWays outcome={query.sso} onIn={goOn} />
      <p>
        <a href="/gabung">{t('haveCode')}</a>
      </p>
    </Screen>
  )
}
