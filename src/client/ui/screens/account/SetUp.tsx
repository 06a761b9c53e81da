import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useHashSecret } from '../../useHashSecret.ts'
import { useWords } from '../../words.ts'
import { isEmail, minPasswordLength } from './check.ts'
import { PasswordField } from './PasswordField.tsx'

type Errors = {
  name?: string
  email?: string
  password?: string
  link?: 'expired' | 'used' | 'notFound'
  other?: string
}

/** The first organizer, with the one-time link that the server printed. */
export function SetUp() {
  const t = useWords('account')
  const { account } = useApp()
  const { route } = useLocation()
  const token = useHashSecret()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const form = useFocusFirstError(errors)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const found: Errors = {}
    if (!name.trim()) found.name = t('required')
    if (!isEmail(email)) found.email = t('emailNeeded')
    if (password.length < minPasswordLength) found.password = t('passwordTooShort', { count: minPasswordLength })
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await account.setUp({ token, name, email, password })
    setBusy(false)
    if (answer.ok) return route('/', true)
    const { failure } = answer
    if (failure.kind === 'weakPassword') setErrors({ password: failureWords(t, failure) })
    else if (failure.kind === 'emailTaken') setErrors({ email: failureWords(t, failure) })
    else if (failure.kind === 'expired' || failure.kind === 'used' || failure.kind === 'notFound')
      setErrors({ link: failure.kind })
    else setErrors({ other: failureWords(t, failure) })
  }

  return (
    <Screen
      title={t('setUpTitle')}
      back="/"
      first
      actions={
        token && (
          <button type="submit" form="set-up" class="primary" aria-disabled={busy}>
            {busy ? t('settingUp') : t('setUp')}
          </button>
        )
      }
    >
      <p>{t('setUpHint')}</p>
      {!token && <Notice kind="warn">{t('link.missing')}</Notice>}
      {errors.link && (
        <Notice kind="danger">
          <p>{t(`link.${errors.link}`)}</p>
          {errors.link === 'used' && <a href="/masuk">{t('signInInstead')}</a>}
        </Notice>
      )}
      <form id="set-up" ref={form} noValidate onSubmit={submit} hidden={!token}>
        <TextField label={t('name')} value={name} onInput={setName} autoComplete="name" error={errors.name} />
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
          hint={t('passwordHint', { count: minPasswordLength })}
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
