import { useState } from 'preact/hooks'
import type { OwnAccount } from '../../../sync/ownAccount.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { FormScreen } from '../../parts/FormScreen.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { useForm } from '../../useForm.ts'
import { useLanguage, useWords } from '../../words.ts'
import { isEmail } from '../account/check.ts'
import { EmailField } from '../account/EmailField.tsx'

type Answer = Awaited<ReturnType<OwnAccount['makeResetCode']>>
type Issued = Extract<Answer, { ok: true }>['value']

/** An organizer makes a code for somebody who forgot his password; it is shown once. */
export function IssueCode() {
  const t = useWords('myAccount')
  const language = useLanguage()
  const { ownAccount } = useApp()
  const [email, setEmail] = useState('')
  const [issued, setIssued] = useState<Issued | undefined>(undefined)
  const form = useForm({
    check() {
      setIssued(undefined)
      return { email: isEmail(email) ? undefined : t('emailNeeded') }
    },
    send: () => ownAccount((own) => own.makeResetCode(email.trim())),
    refused: (failure) => ({
      email: failure.kind === 'notFound' ? t('issueNotFound') : failureWords(t, failure),
    }),
    done: setIssued,
  })

  return (
    <FormScreen
      title={t('issueTitle')}
      back="/akun"
      form={form}
      submit={t('issue')}
      submitting={t('issuing')}
      above={<p>{t('issueHint')}</p>}
      below={
        issued && (
          <div class="invite-code" role="status">
            <p>{t('issued', { name: issued.name })}</p>
            <p class="code code-long">{issued.code}</p>
            <p>{t('issuedWhere', { address: `${location.host}/lupa-sandi` })}</p>
            <p class="soft">{t('issuedUntil', { at: localMoment(issued.expiresAt, language) })}</p>
          </div>
        )
      }
    >
      <EmailField
        label={t('issueEmail')}
        autoComplete="off"
        value={email}
        onInput={setEmail}
        error={form.errors.email}
      />
    </FormScreen>
  )
}
