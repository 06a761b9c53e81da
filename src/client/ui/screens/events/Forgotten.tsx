import { useApp } from '../../app.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** Events that were taken off this device, each with the way to have it again. */
export function Forgotten() {
  const t = useWords('events')
  const { spaces, syncNow } = useApp()
  const { busy, save } = useSaving()
  const events = spaces.forgotten.value
  if (events.length === 0) return null
  return (
    <section class="card">
      <h2>{t('forgotten')}</h2>
      <p class="soft">{t('forgottenHint')}</p>
      <ul class="rows">
        {events.map(({ space, title }) => (
          <li key={space} class="stack">
            <strong>{title}</strong>
            <button
              type="button"
              aria-disabled={busy}
              onClick={async () => (await save(() => spaces.remember(space))) && syncNow()}
            >
              {t('fetchAgain')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
