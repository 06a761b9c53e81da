import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { ageParts } from '../../status/age.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'

/** What of this event is on this device only, counted as the status line does, and what the server did not accept. */
export function UnsentCard({ space }: { space: OpenSpace }) {
  const t = useWords('eventHome')
  const now = useNow()
  const { parked } = space.unsent.value
  const { count, oldestWall } = useApp().status.unsent.value.get(space.id) ?? { count: 0, oldestWall: now }
  const age = ageParts(now - oldestWall)
  if (count === 0 && parked.length === 0) return null
  return (
    <ul class="rows">
      {count > 0 && (
        <li>
          <a class="card card-link" href="/status">
            <Icon name="device" />
            {t('unsent', { count, age: t(`age.${age.unit}`, { count: age.count }) })}
          </a>
        </li>
      )}
      {parked.length > 0 && (
        <li>
          <a class="card card-link card-look" href="/status">
            <Icon name="warning" />
            {t('look', { count: parked.length })}
          </a>
        </li>
      )}
    </ul>
  )
}
