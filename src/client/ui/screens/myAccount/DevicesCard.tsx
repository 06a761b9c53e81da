import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { SaidNotice } from './SaidNotice.tsx'
import type { AccountFacts } from './useAccount.ts'
import { useCall } from './useCall.ts'

type Device = AccountFacts['devices'][number]

/** Where the account is used, this device first, and the way to end that elsewhere. */
export function DevicesCard({ devices, onDone }: { devices: Device[]; onDone: () => void }) {
  const t = useWords('myAccount')
  const language = useLanguage()
  const { ownAccount } = useApp()
  const [asked, setAsked] = useState<Device | undefined>(undefined)
  const { busy, said, run } = useCall()
  const sorted = [...devices].sort((a, b) => Number(b.isThis) - Number(a.isThis) || b.lastSeenAt - a.lastSeenAt)

  async function signOut(device: string | null): Promise<void> {
    setAsked(undefined)
    const answer = await run(() => ownAccount((own) => own.signOutElsewhere(device)), t('signedOut'))
    if (answer.ok) onDone()
  }

  return (
    <section class="card">
      <h2>{t('devicesTitle')}</h2>
      <ul class="rows">
        {sorted.map((device) => (
          <li key={device.dev} class="stack">
            <strong>{device.name}</strong>
            <span class="soft">
              {t('active', { at: localMoment(device.lastSeenAt, language) })}
              {!device.signedIn && ` · ${t('sessionOver')}`}
            </span>
            {device.isThis ? (
              <span class="tag tag-ok">{t('thisDevice')}</span>
            ) : (
              <button type="button" onClick={() => setAsked(device)}>
                {t('signOutDevice')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {devices.length > 1 && (
        <button type="button" aria-disabled={busy} onClick={() => signOut(null)}>
          {t('signOutOthers')}
        </button>
      )}
      <SaidNotice said={said} />
      <p class="soft">{t('lost')}</p>
      {asked && (
        <Dialog title={t('signOutDevice')} onClose={() => setAsked(undefined)}>
          <p>{t('signOutSure', { name: asked.name })}</p>
          <button type="button" class="danger" onClick={() => signOut(asked.dev)}>
            {t('signOutDevice')}
          </button>
        </Dialog>
      )}
    </section>
  )
}
