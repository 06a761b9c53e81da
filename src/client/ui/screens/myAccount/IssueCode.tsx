import { useState } from 'preact/hooks'
import type { OwnAccount } from '../../../sync/ownAccount.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useLanguage, useWords } from '../../words.ts'
import { isEmail } from '../account/check.ts'

type Answer = Awaited<ReturnType<OwnAccount['makeResetCode']>>
type Issued = Extract<Answer, { ok: true }>['value']

/** An organizer makes a code for somebody who forgot his password; it is shown once. */
export function IssueCode() {
  const t = useWords('myAccount')
  const language = useLanguage()
  const { ownAccount } = useApp()
  const [email, setEmail] = useState('')
  const [errors, setErrors] = useState<{ email?: string }>({})
  const [busy, setBusy] = useState(false)
  const [issued, setIssued] = useState<Issued | undefined>(undefined)
  const form = useFocusFirstError(errors)

  async function issue(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    setIssued(undefined)
    setErrors(isEmail(email) ? {} : { email: t('emailNeeded') })
    if (!isEmail(email)) return
    setBusy(true)
    const answer = await ownAccount((own) => own.makeResetCode(email.trim()))
    setBusy(false)
    if (answer.ok) return setIssued(answer.value)
    const { failure } = answer
    setErrors({ email: failure.kind === 'notFound' ? t('issueNotFound') : failureWords(t, failure) })
  }

  return (
    <Screen
      title={t('issueTitle')}
      back="/akun"
      actions={
        <button type="submit" form="issue" class="primary" aria-disabled={busy}>
          {busy ? t('issuing') : t('issue')}
        </button>
      }
    >
      <p>{t('issueHint')}</p>
      <form id="issue" ref={form} noValidate onSubmit={issue}>
        <TextField
          label={t('issueEmail')}
          type="email"
          inputMode="email"
          autoComplete="off"
          value={email}
          onInput={setEmail}
          error={errors.email}
        />
      </form>
      {issued && (
        <div class="invite-code" role="status">
          <p>{t('issued', { name: issued.name })}</p>
          <p class="code code-long">{issued.code}</p>
          <p>{t('issuedWhere', { address: `${location.host}/lupa-sandi` })}</p>
          <p class="soft">{t('issuedUntil', { at: localMoment(issued.expiresAt, language) })}</p>
        </div>
      )}
    </Screen>
  )
}
