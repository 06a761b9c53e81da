import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { OutsideHint } from './OutsideHint.tsx'

/** Why a code did not lead in, as the link says it. */
export type EntryFailure = { kind: string; retryAfterMs?: number | undefined }

const ofCode = ['notFound', 'expired', 'forbidden'] as const
const ofNetwork = ['offline', 'timeout', 'notHadir']

/** Whether the code itself is what is the matter: asking again with it leads nowhere. */
export function isOfCode({ kind }: EntryFailure): boolean {
  return ofCode.some((known) => known === kind)
}

/** The code is wrong, the door is closed, or there is no network: what is the matter, and what to do. */
export function EntryFailed(props: {
  failure: EntryFailure
  code: string
  onRetry: () => void
  onOtherCode: () => void
}) {
  const t = useWords('attendee')
  const { failure } = props
  const known = ofCode.find((kind) => kind === failure.kind)
  const retry = (
    <button type="button" class={known ? '' : 'primary'} onClick={props.onRetry}>
      {t('tryAgain')}
    </button>
  )
  const otherCode = (
    <button type="button" class={known ? 'primary' : ''} onClick={props.onOtherCode}>
      {t('otherCode')}
    </button>
  )
  return (
    <AttendeeFrame title={t(`entryFailed.${known ?? 'other'}`)} actions={known ? otherCode : [otherCode, retry]}>
      <Notice kind="danger">{known ? t(`entryHint.${known}`) : failureWords(t, failure)}</Notice>
      {ofNetwork.includes(failure.kind) && <p>{t('offlineHint')}</p>}
      {known === 'expired' && retry}
      <OutsideHint code={props.code} />
    </AttendeeFrame>
  )
}
