import { useWords } from '../words.ts'
import { Notice } from './Notice.tsx'

/** That the disk does not answer, as in the place of what it should have told, and a way to ask it again. */
export function StorageSilent(props: { word?: 'reload' | 'tryAgain'; onRetry: () => void }) {
  const t = useWords('shell')
  return (
    <Notice kind="danger">
      <p>{t('storage.silent')}</p>
      <button type="button" onClick={props.onRetry}>
        {t(props.word ?? 'tryAgain')}
      </button>
    </Notice>
  )
}
