import { type Attendance, methodOf } from '../../../core/attendance.ts'
import { isLate } from '../../../core/closing.ts'
import { formatTime, type Zone } from '../../../core/time.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useWords } from '../words.ts'
import { InkPicture } from './InkPicture.tsx'

/** One attendance: when, how, on which device, for whom, and the ink or the reason why there is none. */
export function AttendanceDetails(props: { space: OpenSpace; zone: Zone; attendance: Attendance; name: string }) {
  const t = useWords('attendance')
  const { attendance, space } = props
  const [first, ...later] = attendance.facts
  const session = space.sessions.value.find(({ id }) => id === attendance.session)
  function recordedOn(dev: string): string {
    const device = space.devices.value.get(dev)
    if (device) return t('deviceOf', device)
    return space.isOwn(dev) ? t('thisDevice') : t('otherDevice', { code: dev.slice(0, 6) })
  }
  return (
    <div class="stack">
      <dl class="details">
        <div>
          <dt>{t('arrivedAt')}</dt>
          <dd>{formatTime(attendance.arrivedAt, props.zone)}</dd>
        </div>
        <div>
          <dt>{t('method')}</dt>
          <dd>{t(`methods.${attendance.method}`)}</dd>
        </div>
        <div>
          <dt>{t('recordedOn')}</dt>
          <dd>{recordedOn(first?.stamp.dev ?? '')}</dd>
        </div>
        {later.map((fact) => (
          <div key={fact.id}>
            <dt>{t('alsoRecorded')}</dt>
            <dd>
              {[formatTime(fact.stamp.at, props.zone), t(`methods.${methodOf(fact)}`), recordedOn(fact.stamp.dev)].join(
                ' · ',
              )}
            </dd>
          </div>
        ))}
        {isLate(session, attendance) && (
          <div>
            <dt>{t('late')}</dt>
            <dd>{attendance.lateReason || t('lateUnexplained')}</dd>
          </div>
        )}
        {attendance.represents && (
          <div>
            <dt>{t('represents')}</dt>
            <dd>{attendance.represents}</dd>
          </div>
        )}
        {!attendance.ink && attendance.unsignedReason && (
          <div>
            <dt>{t('unsigned')}</dt>
            <dd>{attendance.unsignedReason}</dd>
          </div>
        )}
      </dl>
      {attendance.ink && <InkPicture packed={attendance.ink} label={t('signatureOf', { name: props.name })} />}
    </div>
  )
}
