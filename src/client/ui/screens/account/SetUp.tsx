import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { minPasswordLength } from '../../../../core/passwordLength.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { FormScreen } from '../../parts/FormScreen.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useForm } from '../../useForm.ts'
import { useHashSecret } from '../../useHashSecret.ts'
import { useWords } from '../../words.ts'
import { codeFailure, isEmail } from './check.ts'
import { EmailField } from './EmailField.tsx'
import { PasswordField } from './PasswordField.tsx'

/** The first organizer, with the one-time link that the server printed. */
export function SetUp() {
  const t = useWords('account')
  const token = useHashSecret()
  if (token) return <FirstAccount token={token} />
  return (
    <Screen title={t('setUpTitle')} back="/" first>
      <p>{t('setUpHint')}</p>
      <Notice kind="warn">{t('link.missing')}</Notice>
    </Screen>
  )
}

function FirstAccount({ token }: { token: string }) {
  const t = useWords('account')
  const { account } = useApp()
  const { route } = useLocation()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm({
    check: () => ({
      name: name.trim() ? undefined : t('required'),
      email: isEmail(email) ? undefined : t('emailNeeded'),
      password: password.length < minPasswordLength ? t('passwordTooShort', { count: minPasswordLength }) : undefined,
      link: undefined, // only the server can tell
    }),
    send: () => account.setUp({ token, name, email, password }),
    refused(failure) {
      const words = failureWords(t, failure)
      if (failure.kind === 'weakPassword') return { password: words }
      if (failure.kind === 'emailTaken') return { email: words }
      const ofLink = codeFailure(failure)
      return ofLink ? { link: ofLink } : { other: words }
    },
    done: () => route('/', true),
  })
  const { errors } = form

  return (
    <FormScreen
      title={t('setUpTitle')}
      back="/"
      first
      form={form}
      submit={t('setUp')}
      submitting={t('settingUp')}
      above={
        <>
          <p>{t('setUpHint')}</p>
          {errors.link && (
            <Notice kind="danger">
              <p>{t(`link.${errors.link}`)}</p>
              {errors.link === 'used' && <a href="/masuk">{t('signInInstead')}</a>}
            </Notice>
          )}
        </>
      }
    >
      <TextField label={t('name')} value={name} onInput={setName} autoComplete="name" error={errors.name} />
      <EmailField label={t('email')} value={email} onInput={setEmail} error={errors.email} />
      <PasswordField
        label={t('password')}
        hint={t('passwordHint', { count: minPasswordLength })}
        autoComplete="new-password"
        value={password}
        onInput={setPassword}
        error={errors.password}
      />
    </FormScreen>
  )
}
