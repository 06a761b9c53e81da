import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/** What an attendee's form waits for: the app itself, or the event on this device. */
export type NotYetReason = 'app' | 'event'

/** Beside a form that cannot be saved yet: it is tried again without a press, and what was typed stays. */
export function NotYet({ reason }: { reason: NotYetReason | undefined }) {
  const t = useWords('attendee')
  return reason ? <Notice kind="warn">{t(`notReady.${reason}`)}</Notice> : null
}
