import { useState } from 'preact/hooks'
import type { Zone } from '../../../../core/time.ts'
import type { Account } from '../../../sync/account.ts'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { InviteCode } from './InviteCode.tsx'

type InviteAnswer = Awaited<ReturnType<Account['invite']>>
const offered = ['facilitator', 'viewer', 'organizer'] as const

/** Makes a code; it is shown once, so it stays on screen until the next one or until the screen is left. */
export function Invite(props: { space: string; title: string; zone: Zone; onInvited: () => void }) {
  const t = useWords('team')
  const { account } = useApp()
  const [role, setRole] = useState<(typeof offered)[number]>('facilitator')
  const [answer, setAnswer] = useState<InviteAnswer | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  async function invite(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setAnswer(undefined)
    const made = await account.invite(props.space, role)
    setAnswer(made)
    setBusy(false)
    if (made.ok) props.onInvited()
  }

  return (
    <section class="stack">
      <h2>{t('invite')}</h2>
      <p>{t('inviteHint')}</p>
      <form class="stack" onSubmit={invite}>
        <fieldset>
          <legend>{t('inviteAs')}</legend>
          {offered.map((offer) => (
            <label key={offer} class="choice">
              <input type="radio" name="role" checked={role === offer} onChange={() => setRole(offer)} />
              <span>
                <strong>{t(`grant.${offer}`)}</strong>
                <br />
                <span class="soft">{t(`grantHint.${offer}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? t('making') : t('make')}
        </button>
      </form>
      {answer && !answer.ok && (
        <Notice kind="danger">
          <p>{failureWords(t, answer.failure)}</p>
          <p>{t('inviteNeedsNetwork')}</p>
        </Notice>
      )}
      {answer?.ok && <InviteCode {...answer.value} title={props.title} zone={props.zone} />}
    </section>
  )
}
