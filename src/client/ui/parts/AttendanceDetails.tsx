import type { Attendance } from '../../../core/attendance.ts'
import { formatTime, type Zone } from '../../../core/time.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useWords } from '../words.ts'
import { InkPicture } from './InkPicture.tsx'

/** One attendance: when, how, on which device, for whom, and the ink or the reason why there is none. */
export function AttendanceDetails(props: { space: OpenSpace; zone: Zone; attendance: Attendance; name: string }) {
  const t = useWords('person')
  const { attendance, space } = props
  const dev = attendance.facts[0]?.stamp.dev ?? ''
  return (
    <div class="stack">
      <dl class="details">
        <dt>{t('arrivedAt')}</dt>
        <dd>{formatTime(attendance.arrivedAt, props.zone)}</dd>
        <dt>{t('method')}</dt>
        <dd>{t(`methods.${attendance.method}`)}</dd>
        <dt>{t('recordedOn')}</dt>
        <dd>{space.isOwn(dev) ? t('thisDevice') : t('otherDevice', { code: dev.slice(0, 6) })}</dd>
        {attendance.represents && (
          <>
            <dt>{t('represents')}</dt>
            <dd>{attendance.represents}</dd>
          </>
        )}
        {!attendance.ink && attendance.unsignedReason && (
          <>
            <dt>{t('unsigned')}</dt>
            <dd>{attendance.unsignedReason}</dd>
          </>
        )}
      </dl>
      {attendance.ink && <InkPicture packed={attendance.ink} label={t('signatureOf', { name: props.name })} />}
    </div>
  )
}
