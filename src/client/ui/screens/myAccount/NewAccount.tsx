import { useState } from 'preact/hooks'
import { hasPasskeys, makePasskey } from '../../../device/passkey.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useWords } from '../../words.ts'
import { isEmail } from '../account/check.ts'
import { EmailField } from '../account/EmailField.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { useWaysIn } from '../account/useWaysIn.ts'
import { newPasswordError } from './newPassword.ts'
import { SaidNotice } from './SaidNotice.tsx'
import { useCall } from './useCall.ts'

type Errors = { name?: string | undefined; email?: string | undefined; password?: string | undefined }

/** Who joined by a code makes an account, with a password or at the office's provider; his rights go along. */
export function NewAccount() {
  const t = useWords('myAccount')
  const { ownAccount, spaces, device } = useApp()
  const ways = useWaysIn()
  const joined = spaces.rows.value?.find(({ role, revoked }) => role !== 'attendee' && !revoked)
  const [name, setName] = useState(device().holder)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const { busy, said, run } = useCall()
  const form = useFocusFirstError(errors)

  if (!joined)
    return (
      <>
        <p>{t('nobody')}</p>
        <a class="button primary" href="/masuk">
          {t('signIn')}
        </a>
      </>
    )
  const { space } = joined

  /** Says what is wrong beside its field. */
  function findMistakes(withPassword: boolean): boolean {
    const found = {
      name: name.trim() ? undefined : t('required'),
      email: isEmail(email) ? undefined : t('emailNeeded'),
      password: withPassword ? newPasswordError(t, password, [name, email]) : undefined,
    }
    setErrors(found)
    return Object.values(found).some(Boolean)
  }

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (findMistakes(true)) return
    await run(() => ownAccount((own) => own.create(space, { name, email, password })), t('created'))
  }

  async function createWithPasskey(): Promise<void> {
    if (findMistakes(false)) return
    await run(
      () =>
        ownAccount(async (own) => {
          const asked = await own.firstPasskeyChallenge(space)
          if (!asked.ok) return asked
          const made = await makePasskey(asked.value, { name, email })
          if (!made.ok) return made
          return own.create(space, { name, email, passkey: { ...made.value, name: device().name } })
        }),
      t('created'),
    )
  }

  async function createSso(): Promise<void> {
    await run(async () => {
      const started = await ownAccount((own) => own.startSso('join'))
      if (started.ok) location.assign(started.value.url)
      return started
    }, '')
  }

  return (
    <section class="card">
      <h2>{t('createTitle')}</h2>
      <p>{t('createHint', { holder: device().holder || device().name })}</p>
      <form noValidate ref={form} onSubmit={create}>
        <TextField label={t('name')} value={name} onInput={setName} autoComplete="name" error={errors.name} />
        <EmailField label={t('email')} value={email} onInput={setEmail} error={errors.email} />
        <PasswordField
          label={t('password')}
          hint={t('passwordHint')}
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={errors.password}
        />
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? t('creating') : t('create')}
        </button>
      </form>
      {ways?.passkeys && hasPasskeys() && (
        <button type="button" aria-disabled={busy} onClick={createWithPasskey}>
          {t('createPasskey')}
        </button>
      )}
      {ways?.sso && (
        <button type="button" aria-disabled={busy} onClick={createSso}>
          {t('createSso', { name: ways.sso })}
        </button>
      )}
      {said && said.words !== '' && <SaidNotice said={said} />}
      <a href="/masuk?ke=akun">{t('haveAccount')}</a>
    </section>
  )
}
