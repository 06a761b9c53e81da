import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { TextField } from '../../parts/Field.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

type Passkey = AccountFacts['passkeys'][number]

/** One passkey, with its name to change and the way to remove it, which is asked for twice. */
export function PasskeyRow({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const t = useWords('myAccount')
  const language = useLanguage()
  const { ownAccount } = useApp()
  const [open, setOpen] = useState<'rename' | 'remove' | undefined>(undefined)
  const [name, setName] = useState(passkey.name)
  const { busy, said, run } = useCall()

  async function change(next: string | null): Promise<void> {
    if (next === '') return
    const answer = await run(() => ownAccount((own) => own.changePasskey(passkey.id, next)), t('done'))
    if (!answer.ok) return
    setOpen(undefined)
    onDone()
  }

  return (
    <li class="stack">
      <strong>{passkey.name}</strong>
      <span class="soft">{t('used', { at: localMoment(passkey.usedAt, language) })}</span>
      <div class="buttons">
        <button type="button" onClick={() => setOpen('rename')}>
          {t('rename')}
        </button>
        <button type="button" onClick={() => setOpen('remove')}>
          {t('remove')}
        </button>
      </div>
      {open === 'rename' && (
        <Dialog title={t('rename')} onClose={() => setOpen(undefined)}>
          <TextField label={t('passkeyName')} value={name} onInput={setName} maxLength={200} />
          <button type="button" class="primary" aria-disabled={busy} onClick={() => change(name.trim())}>
            {t('save')}
          </button>
          <SaidNotice said={said} />
        </Dialog>
      )}
      {open === 'remove' && (
        <Dialog title={t('remove')} onClose={() => setOpen(undefined)}>
          <p>{t('removeSure', { name: passkey.name })}</p>
          <button type="button" class="danger" aria-disabled={busy} onClick={() => change(null)}>
            {t('remove')}
          </button>
          <SaidNotice said={said} />
        </Dialog>
      )}
    </li>
  )
}
