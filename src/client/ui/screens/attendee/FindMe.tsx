import { useContext, useState } from 'preact/hooks'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { Found } from './form.ts'
import { type FindOutcome, FormContext } from './formContext.ts'

/** Whoever was invited finds himself by the whole of a number; nobody sees the list. */
export function FindMe(props: {
  space: string
  found: Found | undefined
  onFound: (found: Found) => void
  onForget: () => void
}) {
  const t = useWords('attendee')
  const { find } = useContext(FormContext)
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<FindOutcome | undefined>(undefined)

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isBusy || typed.trim() === '') return
    setBusy(true)
    setOutcome(undefined)
    const next = await find(props.space, typed.trim())
    setBusy(false)
    setOutcome(next)
  }
  if (props.found)
    return (
      <section class="card stack">
        <p class="attendee-name">{props.found.name}</p>
        <p>{props.found.institution}</p>
        <button type="button" onClick={props.onForget}>
          {t('find.other')}
        </button>
      </section>
    )
  if (outcome?.kind === 'found')
    return (
      <section class="card stack" role="status">
        <h2>{t('find.isItYou')}</h2>
        <p class="attendee-name">{outcome.found.name}</p>
        <p>{outcome.found.institution}</p>
        <div class="attendee-ways">
          <button type="button" onClick={() => setOutcome(undefined)}>
            {t('find.notMe')}
          </button>
          <button type="button" class="primary" onClick={() => props.onFound(outcome.found)}>
            {t('find.me')}
          </button>
        </div>
      </section>
    )
  return (
    <details class="fold">
      <summary>{t('find.title')}</summary>
      <form noValidate onSubmit={submit}>
        <TextField
          label={t('find.label')}
          hint={t('find.hint')}
          value={typed}
          onInput={setTyped}
          inputMode="tel"
          autoComplete="off"
          maxLength={40}
        />
        <button type="submit" aria-disabled={isBusy}>
          {isBusy ? t('find.looking') : t('find.button')}
        </button>
        {outcome?.kind === 'nobody' && <Notice kind="info">{t('find.nobody')}</Notice>}
        {outcome?.kind === 'failed' && (
          <Notice kind="warn">
            <p>{failureWords(t, outcome.failure)}</p>
            <p>{t('find.fillInstead')}</p>
          </Notice>
        )}
      </form>
    </details>
  )
}
