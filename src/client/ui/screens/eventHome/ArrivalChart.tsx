import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { countArrivals } from '../../../../core/statistics.ts'
import { formatTime } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

const [bucketWidth, gap, height] = [10, 2, 60]
/** A single early arrival is a bar, not a wall. */
const fewestBuckets = 12

/** Arrivals over time: the busiest moment in words, the rest as a picture. */
export function ArrivalChart(props: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('eventHome')
  const { space, event, session } = props
  const buckets = countArrivals(space.people.value, space.attendance.value.get(session.id))
  const busiest = buckets.reduce((most, bucket) => (bucket.count > most.count ? bucket : most), { from: 0, count: 0 })
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (!first || !last) return null
  const time = (at: number) => formatTime(at, event.zone)
  return (
    <section class="stack" aria-labelledby="arrivals">
      <h2 id="arrivals">{t('arrivals')}</h2>
      <a class="chart" href={eventPath(space.id, 'peserta', { sesi: session.id, hadir: 'hadir', urut: 'datang' })}>
        <span>{t('busiest', { time: time(busiest.from), count: busiest.count })}</span>
        <svg
          viewBox={`0 0 ${Math.max(buckets.length, fewestBuckets) * bucketWidth} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {buckets.map(({ from, count }, i) => (
            <rect
              key={from}
              x={i * bucketWidth}
              y={height - (height * count) / busiest.count}
              width={bucketWidth - gap}
              height={(height * count) / busiest.count}
            />
          ))}
        </svg>
        <span class="chart-axis" aria-hidden="true">
          <span>{time(first.from)}</span>
          {buckets.length >= fewestBuckets && <span>{time(last.from)}</span>}
        </span>
      </a>
    </section>
  )
}
