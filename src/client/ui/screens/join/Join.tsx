import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { plainCode } from '../../../../core/gate.ts'
import { keepStorage } from '../../../device/storage.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { FormScreen } from '../../parts/FormScreen.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { useForm } from '../../useForm.ts'
import { useHashSecret } from '../../useHashSecret.ts'
import { useWords } from '../../words.ts'
import { CodeField } from '../account/CodeField.tsx'
import { codeFailure } from '../account/check.ts'
import { Joined } from './Joined.tsx'
import { JoinProgress } from './JoinProgress.tsx'

/** With an invitation code this browser becomes a device that holds one event, or all of the organization's. */
export function Join() {
  const t = useWords('join')
  const { account, identity, device } = useApp()
  const { route } = useLocation()
  const invited = useHashSecret()
  const [code, setCode] = useState(invited)
  const [holder, setHolder] = useState(() => device().holder || (identity.value.account?.name ?? ''))
  const [joined, setJoined] = useState<{ space: string; kept: boolean } | undefined>(undefined)
  const form = useForm({
    check: () => ({
      code: plainCode(code) ? undefined : t('required'),
      holder: holder.trim() ? undefined : t('required'),
    }),
    send: () => account.join({ code: plainCode(code), holder: holder.trim() }),
    refused(failure) {
      const ofCode = codeFailure(failure)
      return ofCode ? { code: t(`code.${ofCode}`) } : { other: failureWords(t, failure) }
    },
    async done(space) {
      const kept = await keepStorage()
      /** A code of the organization opens no single event: the list has all of them. */
      if (space) setJoined({ space, kept })
      else route('/')
    },
  })

  if (joined) return <Joined space={joined.space} kept={joined.kept} />
  return (
    <FormScreen
      title={t('title')}
      back="/"
      first
      form={form}
      submit={t('join')}
      submitting={t('joining')}
      above={<p>{t('hint')}</p>}
    >
      <CodeField
        label={t('codeLabel')}
        hint={t('codeHint')}
        value={code}
        onInput={setCode}
        autoComplete="off"
        error={form.errors.code}
      />
      <TextField
        label={t('holder')}
        hint={t('holderHint')}
        value={holder}
        onInput={setHolder}
        autoComplete="name"
        maxLength={200}
        error={form.errors.holder}
      />
      {form.busy && <JoinProgress />}
    </FormScreen>
  )
}
