import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { keepStorage } from '../../../device/storage.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useHashSecret } from '../../useHashSecret.ts'
import { useWords } from '../../words.ts'
import { Joined } from './Joined.tsx'
import { JoinProgress } from './JoinProgress.tsx'

type Errors = { code?: string; holder?: string; other?: string }

/** With an invitation code this browser becomes a device that holds one event, or all of the organization's. */
export function Join() {
  const t = useWords('join')
  const { account, identity, device } = useApp()
  const { route } = useLocation()
  const invited = useHashSecret()
  const [code, setCode] = useState(invited)
  const [holder, setHolder] = useState(() => device().holder || (identity.value.account?.name ?? ''))
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const [joined, setJoined] = useState<{ space: string; kept: boolean } | undefined>(undefined)
  const form = useFocusFirstError(errors)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    const found: Errors = {}
    const plain = plainCode(code)
    if (!plain) found.code = t('required')
    if (!holder.trim()) found.holder = t('required')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await account.join({ code: plain, holder: holder.trim() })
    const kept = answer.ok && (await keepStorage())
    setBusy(false)
    /** A code of the organization opens no single event: the list has all of them. */
    if (!answer.ok) setErrors(errorsOf(answer.failure))
    else if (answer.value) setJoined({ space: answer.value, kept })
    else route('/')
  }

  function errorsOf(failure: { kind: string; retryAfterMs?: number | undefined }): Errors {
    const ofCode = failure.kind === 'notFound' || failure.kind === 'expired' || failure.kind === 'used'
    return ofCode ? { code: t(`code.${failure.kind}`) } : { other: failureWords(t, failure) }
  }

  if (joined) return <Joined space={joined.space} kept={joined.kept} />
  return (
    <Screen
      title={t('title')}
      back="/"
      first
      actions={
        <button type="submit" form="join" class="primary" aria-disabled={busy}>
          {busy ? t('joining') : t('join')}
        </button>
      }
    >
      <p>{t('hint')}</p>
      <form id="join" ref={form} noValidate onSubmit={submit}>
        <div class="code-field">
          <TextField
            label={t('codeLabel')}
            hint={t('codeHint')}
            value={code}
            onInput={setCode}
            autoComplete="off"
            maxLength={40}
            error={errors.code}
          />
        </div>
        <TextField
          label={t('holder')}
          hint={t('holderHint')}
          value={holder}
          onInput={setHolder}
          autoComplete="name"
          maxLength={200}
          error={errors.holder}
        />
        {busy && <JoinProgress />}
        {errors.other && <Notice kind="danger">{errors.other}</Notice>}
      </form>
    </Screen>
  )
}

/** A code as the server knows it: typed small, with dashes or spaces, it is the same. */
function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
