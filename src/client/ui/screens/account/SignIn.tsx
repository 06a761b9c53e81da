import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { FormScreen } from '../../parts/FormScreen.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { useForm } from '../../useForm.ts'
import { useWords } from '../../words.ts'
import { isEmail } from './check.ts'
import { EmailField } from './EmailField.tsx'
import { OtherWays } from './OtherWays.tsx'
import { PasswordField } from './PasswordField.tsx'
import { SsoRefused } from './SsoRefused.tsx'
import { Turn } from './Turn.tsx'
import { useTurn } from './useTurn.ts'

/** For who has an account; what is on the device stays as it is. */
export function SignIn() {
  const t = useWords('account')
  const { account } = useApp()
  const { route, query } = useLocation()
  const goOn = () => route(query.ke === 'akun' ? '/akun' : '/', true)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const turn = useTurn()
  const form = useForm({
    check: () => ({
      email: isEmail(email) ? undefined : t('emailNeeded'),
      password: password ? undefined : t('required'),
    }),
    send: () => account.signIn({ email, password }, turn.begin()),
    refused: (failure) => ({
      [failure.kind === 'wrongPassword' ? 'password' : 'other']: failureWords(t, failure),
    }),
    done: goOn,
  })
  const isWaiting = form.busy && turn.isWaiting

  return (
    <FormScreen
      title={t('signInTitle')}
      back="/"
      first
      form={form}
      submit={t('signIn')}
      submitting={isWaiting ? t(turn.solving ? 'turn.solving' : 'turn.waiting') : t('signingIn')}
      above={
        <>
          {query.sso && query.sso !== 'ok' && <SsoRefused outcome={query.sso} />}
          <p>{t('signInHint')}</p>
        </>
      }
      below={
        <>
          <p>
            <a href="/lupa-sandi">{t('forgot')}</a>
          </p>
          <OtherWays outcome={query.sso} onIn={goOn} />
          <p>
            <a href="/gabung">{t('haveCode')}</a>
          </p>
        </>
      }
    >
      <EmailField label={t('email')} value={email} onInput={setEmail} error={form.errors.email} />
      <PasswordField
        label={t('password')}
        autoComplete="current-password"
        value={password}
        onInput={setPassword}
        error={form.errors.password}
      />
      {isWaiting && <Turn solving={turn.solving} stop={turn.stop} />}
    </FormScreen>
  )
}
