import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'

/** Whether all of the event is here already, and whether this version of the app can read it. */
export function LoadNotices({ space }: { space: OpenSpace }) {
  const t = useWords('eventHome')
  const { seq, head } = space.progress.value
  return (
    <>
      {seq < head && <Progress label={t('loading', { done: seq, total: head })} done={seq} total={head} />}
      {space.unknownChanges.value > 0 && <Notice kind="warn">{t('unknownChanges')}</Notice>}
    </>
  )
}
