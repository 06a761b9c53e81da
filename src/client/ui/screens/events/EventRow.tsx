import { countPresence } from '../../../../core/statistics.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { heldSessions, sessionOfMoment } from '../../../state/sessions.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { dayWords } from '../../dates.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** One event: what, when, where, how many came, and what is on this device only. */
export function EventRow({ row, space }: { row: HeldSpace; space: OpenSpace | undefined }) {
  const t = useWords('events')
  const language = useLanguage()
  const unsent = useApp().status.unsent.value.get(row.space)
  const event = space?.event.value
  const days = (space ? heldSessions(space) : []).map(({ day }) => dayWords(day, language))
  const [from, to] = [days[0], days.at(-1)]
  const session = space && sessionOfMoment(space, undefined)
  const presence = space && countPresence(space.people.value, space.attendance.value.get(session?.id ?? ''))
  return (
    <a class="event-row" href={`/kegiatan/${row.space}`}>
      <span class="event-row-main">
        <strong>{event?.title ?? (space ? t('notLoaded') : t('opening'))}</strong>
        {from && <span class="soft">{from === to ? from : t('days', { from, to })}</span>}
        {event?.venue && <span class="soft">{event.venue}</span>}
        {row.seq < row.head && <span class="soft">{t('loading', { done: row.seq, total: row.head })}</span>}
        {row.revoked && (
          <span class="tag tag-danger">
            <Icon name="stop" />
            {t('revoked')}
          </span>
        )}
        {unsent && unsent.count > 0 && (
          <span class="tag tag-warn">
            <Icon name="device" />
            {t('unsent', { count: unsent.count })}
          </span>
        )}
        {unsent && unsent.parked > 0 && (
          <span class="tag tag-danger">
            <Icon name="warning" />
            {t('parked', { count: unsent.parked })}
          </span>
        )}
      </span>
      {presence && event && (
        <span class="event-row-count">
          <span class="event-row-number">{t('counts', presence)}</span>
          <span class="soft">{t('presentOfInvited')}</span>
        </span>
      )}
    </a>
  )
}
