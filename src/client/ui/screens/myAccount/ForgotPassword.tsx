import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { FormScreen } from '../../parts/FormScreen.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { useForm } from '../../useForm.ts'
import { useWords } from '../../words.ts'
import { CodeField } from '../account/CodeField.tsx'
import { codeFailure, isEmail } from '../account/check.ts'
import { EmailField } from '../account/EmailField.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { newPasswordError } from './newPassword.ts'

/** There is no mail: an organizer gives a code, and the code a new password. */
export function ForgotPassword() {
  const t = useWords('myAccount')
  const { ownAccount } = useApp()
  const { route } = useLocation()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm({
    check: () => ({
      email: isEmail(email) ? undefined : t('emailNeeded'),
      code: code.trim() ? undefined : t('required'),
      password: newPasswordError(t, password, [email]),
    }),
    send: () => ownAccount((own) => own.reset({ email, code, password })),
    refused(failure) {
      const ofCode = codeFailure(failure)
      if (ofCode) return { code: t(`resetCode.${ofCode}`) }
      return { [failure.kind === 'weakPassword' ? 'password' : 'other']: failureWords(t, failure) }
    },
    done: () => route('/', true),
  })

  return (
    <FormScreen
      title={t('resetTitle')}
      back="/masuk"
      first
      form={form}
      submit={t('reset')}
      submitting={t('resetting')}
      above={<p>{t('resetHint')}</p>}
    >
      <EmailField label={t('email')} value={email} onInput={setEmail} error={form.errors.email} />
      <CodeField
        label={t('code')}
        hint={t('codeHint')}
        value={code}
        onInput={setCode}
        autoComplete="one-time-code"
        error={form.errors.code}
      />
      <PasswordField
        label={t('next')}
        hint={t('passwordHint')}
        autoComplete="new-password"
        value={password}
        onInput={setPassword}
        error={form.errors.password}
      />
    </FormScreen>
  )
}
