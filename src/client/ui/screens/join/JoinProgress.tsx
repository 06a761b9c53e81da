import { useApp } from '../../app.ts'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'

/** How much of the event is here; before the server has said how long its log is, only that we are at it. */
export function JoinProgress() {
  const t = useWords('join')
  const loading = useApp().spaces.rows.value?.find(({ seq, head }) => seq < head)
  return loading ? (
    <Progress
      label={t('loading', { done: loading.seq, total: loading.head })}
      done={loading.seq}
      total={loading.head}
    />
  ) : (
    <p role="status">{t('checking')}</p>
  )
}
