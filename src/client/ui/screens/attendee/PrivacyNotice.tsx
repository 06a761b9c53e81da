import type { EventRecord } from '../../../../core/event.ts'
import { useWords } from '../../words.ts'

const lines = ['who', 'what', 'seenBy', 'rights'] as const
const more = ['basis', 'kept', 'signature', 'optional'] as const

/**
 * A notice, not a consent: attendance rests on a public task (domain.md section 6). Its first line also stands before the
 * form, which a small phone shows at once. A change of what it says raises `noticeVersion` in core/consent.ts.
 */
export function PrivacyNotice({ institution, namesReaders }: Pick<EventRecord, 'institution' | 'namesReaders'>) {
  const t = useWords('attendee')
  const words = { institution: institution || t('organizer') }
  return (
    <section class="stack attendee-notice">
      <h2>{t('notice.title')}</h2>
      <ul>
        {[...lines, ...(namesReaders ? (['readers'] as const) : [])].map((line) => (
          <li key={line}>{t(`notice.${line}`, words)}</li>
        ))}
      </ul>
      <details class="fold">
        <summary>{t('notice.more')}</summary>
        <ul>
          {[...more, ...(namesReaders ? [] : (['counted'] as const))].map((line) => (
            <li key={line}>{t(`notice.${line}`, words)}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}
