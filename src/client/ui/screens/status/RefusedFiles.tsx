import { useApp } from '../../app.ts'
import { useWords } from '../../words.ts'
import { RefusedWork } from './RefusedWork.tsx'

/** Files of materials that the server did not take; the materials themselves say why. */
export function RefusedFiles({ space, count }: { space: string; count: number }) {
  const t = useWords('status')
  const { uploads } = useApp()
  return (
    <RefusedWork onRetry={() => uploads.retryRefused(space)} onRelease={() => uploads.releaseRefused(space)}>
      <p>{t('refusedFiles', { count })}</p>
    </RefusedWork>
  )
}
