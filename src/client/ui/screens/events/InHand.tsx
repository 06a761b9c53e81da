import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** What was forgotten here and is in a rescue file only: it stays a person's to deliver, until he says that he has. */
export function InHand() {
  const t = useWords('events')
  const { spaces } = useApp()
  const { busy, save } = useSaving()
  const files = spaces.inHand.value
  if (files.length === 0) return null
  return (
    <Notice kind="warn">
      <div class="stack">
        <h2>{t('inHand.title')}</h2>
        <p>{t('inHand.todo')}</p>
        <ul class="rows">
          {files.map(({ space, title, count }) => (
            <li key={space} class="stack">
              <strong>{title}</strong>
              <p>{t('inHand.count', { count })}</p>
              <button type="button" aria-disabled={busy} onClick={() => save(() => spaces.setDelivered(space))}>
                {t('inHand.delivered')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}
