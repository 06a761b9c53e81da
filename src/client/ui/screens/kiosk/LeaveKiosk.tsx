import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { releaseCode } from '../../../../core/kiosk.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { TextField } from '../../parts/Field.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** The only way out: the PIN, or the code that another device of the team makes of the number shown here. */
export function LeaveKiosk({ space, onClose }: { space: OpenSpace | null; onClose: () => void }) {
  const t = useWords('kiosk')
  const { kiosk, wall } = useApp()
  const { route } = useLocation()
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<'wrong' | 'wait' | undefined>(undefined)
  const { busy, failure, save } = useSaving()
  const run = kiosk.run.value

  async function leave(event: SubmitEvent) {
    event.preventDefault()
    if (!run || typed.trim() === '') return
    await save(async () => {
      const left = await kiosk.leave(typed.trim(), releaseCode(space?.event.value?.salt ?? '', run.challenge))
      setRefused(left === 'left' ? undefined : left)
      if (left === 'left') route(space ? eventPath(space.id, '', { sesi: run.session }) : '/', true)
    })
    setTyped('')
  }
  const minutes = Math.max(1, Math.ceil(((run?.lockedUntil ?? 0) - wall()) / 60_000))
  const isLocked = (run?.lockedUntil ?? 0) > wall()
  const error = isLocked ? t('wait', { count: minutes }) : refused === 'wrong' ? t('wrongPin') : undefined
  return (
    <Dialog title={t('leave')} onClose={onClose}>
      <form class="stack kiosk-pin" autocomplete="off" noValidate onSubmit={leave}>
        <TextField
          label={t('pin')}
          error={refused && error}
          value={typed}
          onInput={setTyped}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
        />
        <SaveFailed failure={failure} />
        <button type="submit" class="primary" disabled={busy}>
          {busy ? t('checking') : t('leaveNow')}
        </button>
        <details class="fold">
          <summary>{t('forgotten')}</summary>
          <p>{t('forgottenHint', { number: run?.challenge ?? '' })}</p>
        </details>
      </form>
    </Dialog>
  )
}
