import { useEffect, useRef } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { dayWords } from '../../dates.ts'
import { lineWords } from '../../parts/historyWords.ts'
import { useLanguage, useWords } from '../../words.ts'
import type { Shown } from './shownEntries.ts'

/** All of one action: each field before and after, by which clock, on which device. */
export function EntryDetail(props: { space: OpenSpace; event: EventRecord; shown: Shown; onClose: () => void }) {
  const t = useWords('history')
  const ofLines = useWords('historyWords')
  const language = useLanguage()
  const { space, event, shown } = props
  const { entry, who } = shown
  const card = useRef<HTMLElement>(null)
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [entry])
  const moment = (at: number) => `${dayWords(dayAt(at, event.zone), language)} ${formatTime(at, event.zone)}`
  const device = space.devices.value.get(entry.dev)
  return (
    <section class="card" ref={card} aria-label={t('detail')}>
      <h2>{shown.words}</h2>
      <dl class="facts">
        <dt>{t('who')}</dt>
        <dd>
          {who} {device && `(${device.name})`}
        </dd>
        <dt>{t('corrected')}</dt>
        <dd>{moment(entry.at)}</dd>
        <dt>{t('deviceClock')}</dt>
        <dd>{moment(entry.wall)}</dd>
        <dt>{t('received')}</dt>
        <dd>{typeof entry.received === 'number' ? moment(entry.received) : t(`receivedAs.${entry.received}`)}</dd>
      </dl>
      <ul class="rows">
        {entry.lines.map((line, i) => (
          <li key={i}>{lineWords(ofLines, space, line, entry.lines)}</li>
        ))}
      </ul>
      <button type="button" onClick={props.onClose}>
        {t('close')}
      </button>
    </section>
  )
}
