import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../app.ts'
import { Icon } from '../parts/Icon.tsx'
import { useWords } from '../words.ts'
import { ageParts } from './age.ts'

const tickMs = 20_000

/** The clock of this device, anew every few seconds: ages on screen go on while nothing else happens. */
export function useNow(): number {
  const { wall } = useApp()
  const [now, setNow] = useState(wall)
  useEffect(() => {
    const timer = setInterval(() => setNow(wall()), tickMs)
    return () => clearInterval(timer)
  }, [wall])
  return now
}

/**
 * On every screen: how many changes are on this device only, and how old the oldest is; or that the server has all; or
 * that something needs a look. It never says "online" when the server was not reached.
 */
export function StatusLine() {
  const t = useWords('shell')
  const app = useApp()
  const now = useNow()
  let count = 0
  let parked = 0
  let oldest = Number.POSITIVE_INFINITY
  for (const space of app.status.unsent.value.values()) {
    count += space.count
    parked += space.parked
    if (space.count > 0) oldest = Math.min(oldest, space.oldestWall)
  }
  const { lastContactAt, failure } = app.sync.value
  const reached = lastContactAt !== undefined && !failure
  const state = parked > 0 ? 'look' : count > 0 ? 'unsent' : reached ? 'sent' : 'noContact'
  const age = ageParts(now - oldest)
  return (
    <a class={`status-line status-${state}`} href="/status">
      <Icon name={state === 'look' ? 'warning' : state === 'sent' ? 'sent' : 'device'} />
      <span role="status">
        {state === 'look' && t('status.look', { count: parked })}
        {state === 'unsent' && t('status.unsent', { count, age: t(`age.${age.unit}`, { count: age.count }) })}
        {state === 'sent' && t('status.sent')}
        {state === 'noContact' && t('status.noContact')}
      </span>
    </a>
  )
}
