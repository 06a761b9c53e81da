import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { useAsking } from './useAsking.ts'

type Ask = Parameters<ReturnType<typeof useAsking>['ask']>[0]

/**
 * A step that needs a reason, which auditors read: what it does, a line for the reason and the button. Folded away until
 * it is wanted, so that nobody revokes a phone by a slip of the thumb.
 */
export function Reasoned(props: {
  summary: string
  hint: string
  action: string
  danger?: boolean
  /** What is chosen beside the reason. */
  children?: ComponentChildren
  onAct: (reason: string) => Ask
  onDone: () => void
}) {
  const t = useWords('team')
  const [reason, setReason] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { busy, error, setError, ask } = useAsking(t)

  async function act(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (reason.trim() === '') return setError(t('reasonMissing'))
    if (!(await ask(props.onAct(reason)))) return
    setReason('')
    setOpen(false)
    props.onDone()
  }
  return (
    <details class="disclosure" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.summary}</summary>
      {isOpen && (
        <form class="stack" noValidate onSubmit={act}>
          <p class="soft">{props.hint}</p>
          {props.children}
          <TextField label={t('reason')} hint={t('reasonHint')} value={reason} onInput={setReason} maxLength={500} />
          {error && <Notice kind="danger">{error}</Notice>}
          <button type="submit" class={props.danger ? 'danger' : 'primary'} aria-disabled={busy}>
            {busy ? t('working') : props.action}
          </button>
        </form>
      )}
    </details>
  )
}
