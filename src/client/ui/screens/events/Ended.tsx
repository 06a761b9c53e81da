import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** Somebody took from this device what it might: what was handed over, what was erased, and whom to ask. */
export function Ended() {
  const t = useWords('events')
  const language = useLanguage()
  const { spaces } = useApp()
  return (
    <Screen
      title={t('ended.title')}
      first
      actions={
        <button type="button" class="primary" onClick={spaces.readEnded}>
          {t('ended.read')}
        </button>
      }
    >
      {spaces.ended.value.map(({ space, title, erasedAt, handedOver }) => (
        <Notice key={`${space} ${erasedAt}`} kind="warn">
          <div class="stack">
            <h2>{space ? title || t('notLoaded') : t('ended.all')}</h2>
            {handedOver > 0 && <p>{t('ended.handedOver', { count: handedOver })}</p>}
            <p>{t(space ? 'ended.erased' : 'ended.erasedAll', { time: localMoment(erasedAt, language) })}</p>
          </div>
        </Notice>
      ))}
      <p>{t('ended.todo')}</p>
    </Screen>
  )
}
