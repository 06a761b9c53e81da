import { Progress } from '../../parts/Progress.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import type { Work } from './useImport.ts'

/** Work under way, in place of the step that started it. */
export function ImportProgress(props: { space: string; event: string; work: Work; onCancel: () => void }) {
  const t = useWords('import')
  const { kind, done, total } = props.work
  return (
    <Screen title={t('title')} above={props.event} back={`/kegiatan/${props.space}`} wide>
      <Progress
        label={t(total > 0 ? `work.${kind}` : `work.${kind}Start`, { done, total })}
        done={done}
        total={total}
        onCancel={props.onCancel}
      />
    </Screen>
  )
}
