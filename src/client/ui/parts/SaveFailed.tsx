import type { SaveFailure } from '../useSaving.ts'
import { useWords } from '../words.ts'
import { Notice } from './Notice.tsx'

/** Beside the button that could not save: why, and that nothing typed is gone. */
export function SaveFailed({ failure }: { failure: SaveFailure | undefined }) {
  const t = useWords('person')
  return failure ? <Notice kind="danger">{t(`saveFailed.${failure}`)}</Notice> : null
}
