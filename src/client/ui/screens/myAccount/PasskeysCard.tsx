import { useState } from 'preact/hooks'
import { hasPasskeys, makePasskey } from '../../../device/passkey.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useForm } from '../../useForm.ts'
import { useWords } from '../../words.ts'
import { PasskeyRow } from './PasskeyRow.tsx'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

/** The account's passkeys: added under a name of this person's choice, named anew, removed. */
export function PasskeysCard({ facts, onDone }: { facts: AccountFacts; onDone: () => void }) {
  const t = useWords('myAccount')
  const ofPasskey = useWords('account')
  const { ownAccount, device } = useApp()
  const [name, setName] = useState(device().name)
  const { said, run } = useCall()
  const form = useForm({
    check: () => ({ name: name.trim() ? undefined : t('required') }),
    send: () => run(add, t('passkeyAdded')),
    done: onDone,
  })

  const add = () =>
    ownAccount(async (own) => {
      const asked = await own.newPasskeyChallenge()
      if (!asked.ok) return asked
      const made = await makePasskey(asked.value, facts)
      return made.ok ? own.addPasskey({ ...made.value, name: name.trim() }) : made
    })

  return (
    <section class="card">
      <h2>{t('passkeysTitle')}</h2>
      <p>{t('passkeysHint')}</p>
      {facts.passkeys.length === 0 && <p class="soft">{t('noPasskeys')}</p>}
      <ul class="rows">
        {facts.passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} onDone={onDone} />
        ))}
      </ul>
      {hasPasskeys() ? (
        <form {...form.props}>
          <TextField
            label={t('passkeyName')}
            hint={t('passkeyNameHint')}
            value={name}
            onInput={setName}
            maxLength={200}
            error={form.errors.name}
          />
          <button type="submit" aria-disabled={form.busy}>
            {t('addPasskey')}
          </button>
        </form>
      ) : (
        <Notice kind="info">{ofPasskey('passkey.notHere')}</Notice>
      )}
      <SaidNotice said={said} />
    </section>
  )
}
