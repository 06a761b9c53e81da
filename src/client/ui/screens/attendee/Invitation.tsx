import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { FindOutcome } from './formContext.ts'

/** Why a personal link did not show whom it was sent to, and what to do; whoever it did show is seen in the form. */
export function Invitation({ outcome }: { outcome: FindOutcome | 'looking' }) {
  const t = useWords('attendee')
  if (outcome === 'looking') return <p role="status">{t('link.looking')}</p>
  if (outcome.kind === 'nobody') return <Notice kind="info">{t('link.nobody')}</Notice>
  if (outcome.kind === 'found') return null
  return (
    <Notice kind="warn">
      <p>{failureWords(t, outcome.failure)}</p>
      <p>{t('link.fillInstead')}</p>
    </Notice>
  )
}
