import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** What was forgotten here and is in a rescue file only: it stays a person's to deliver, until he says that he has. */
export function InHandFiles() {
  const t = useWords('rescue')
  const { spaces } = useApp()
  const { busy, failure, save } = useSaving()
  const files = spaces.inHand.value
  const [marked, setMarked] = useState<(typeof files)[number] | undefined>(undefined)

  async function mark(file: (typeof files)[number]): Promise<void> {
    if (await save(() => spaces.setDelivered(file.space))) setMarked(file)
  }
  async function takeBack(file: (typeof files)[number]): Promise<void> {
    if (await save(() => spaces.takeBackDelivered(file))) setMarked(undefined)
  }

  return (
    <>
      {files.length > 0 && (
        <Notice kind="warn">
          <div class="stack">
            <h2>{t('inHand.title')}</h2>
            <p>{t('inHand.todo')}</p>
            <ul class="rows">
              {files.map((file) => (
                <li key={file.space} class="stack">
                  <strong>{file.title}</strong>
                  <p>{t('inHand.count', { count: file.count })}</p>
                  <button type="button" aria-disabled={busy} onClick={() => mark(file)}>
                    {t('inHand.delivered')}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </Notice>
      )}
      {marked && (
        <Notice kind="info">
          <p>{t('inHand.marked', { title: marked.title })}</p>
          <button type="button" aria-disabled={busy} onClick={() => takeBack(marked)}>
            <Icon name="undo" />
            {t('inHand.takeBack')}
          </button>
        </Notice>
      )}
      {failure && <Notice kind="danger">{t('inHand.failed')}</Notice>}
    </>
  )
}
