import { useEffect, useState } from 'preact/hooks'
import { isUnsure } from '../../../core/access.ts'
import type { UnsentBySpace } from '../../state/status.ts'
import { useApp } from '../app.ts'
import { Icon } from '../parts/Icon.tsx'
import { useWords } from '../words.ts'
import { ageParts } from './age.ts'
import { isStuck } from './alarm.ts'

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

/** The engine asks every minute while nothing is stuck; an answer older than this says nothing about now. */
const contactFreshMs = 150_000

/**
 * All spaces together: how much is on this device only, and this device's clock at the oldest of it. `ops`: of these, what
 * a rescue file can hold, so without files of materials and answers to anonymous forms.
 */
export function unsentTotal(unsent: UnsentBySpace): { count: number; ops: number; parked: number; oldestWall: number } {
  const total = { count: 0, ops: 0, parked: 0, oldestWall: Number.POSITIVE_INFINITY }
  for (const space of unsent.values()) {
    total.count += space.count
    total.ops += space.count - space.files - space.ballots
    total.parked += space.parked
    if (space.count > 0) total.oldestWall = Math.min(total.oldestWall, space.oldestWall)
  }
  return total
}

export const useUnsentTotal = () => unsentTotal(useApp().status.unsent.value)

/** Whether what is unsent lies on a full disk once only: nothing of it is called saved. */
export function useUncopied(): boolean {
  const { count } = useUnsentTotal()
  return useApp().health.value.uncopied && count > 0
}

/** Whether the server answered lately, whatever it said. */
function useContact(): boolean {
  const { lastContactAt } = useApp().sync.value
  const now = useNow()
  return lastContactAt !== undefined && now - lastContactAt < contactFreshMs
}

/** Whether the last round went through, and lately. */
export function useReached(): boolean {
  const { failure } = useApp().sync.value
  const isFresh = useContact()
  return isFresh && !failure
}

/** Whether the last round found no server at all: no network, nobody who answers, or a Wi-Fi's sign-in page. */
export function useAway(): boolean {
  const { failure, heldUp } = useApp().sync.value
  return failure !== undefined && !heldUp && ['offline', 'timeout', 'notHadir'].includes(failure.kind)
}

/**
 * Whether unsent work has waited for a quarter of an hour although the server answers. A push that gets stuck takes its
 * round minutes, in which nothing is told of: what the round before met holds until then.
 */
export function useStuck(): boolean {
  const { heldUp } = useApp().sync.value
  const isContactFresh = useContact()
  return isStuck(useUnsentTotal(), useNow(), heldUp || isContactFresh)
}

const plain = ['uncopied', 'wiped', 'signedOut', 'unsure', 'sent', 'connecting', 'noContact']
const alarming = ['uncopied', 'look', 'stuck', 'wiped']
const isPlain = (state: string) => plain.includes(state)

/**
 * On every screen: how many changes are on this device only, and how old the oldest is; or that the server has all; or
 * that something needs a look, does not leave although the server answers, or lies on a full disk once only. It never
 * says "sent" when the server was not reached, or while nobody has read that this device's storage was cleared.
 */
export function StatusLine() {
  const t = useWords('shell')
  const { identity, spaces } = useApp()
  const { enrolled, wipedAt } = identity.value
  const { count, parked, oldestWall } = useUnsentTotal()
  const { short } = useApp().health.value
  const { running, lastContactAt, failure } = useApp().sync.value
  /** Before the first answer nothing is known, and nothing is wrong. */
  const connecting = running && lastContactAt === undefined && !failure
  const reached = useReached()
  const { unit, count: units } = ageParts(useNow() - oldestWall)
  const signedOut = isUnsure(enrolled, spaces.rows.value ?? []) ? 'unsure' : 'signedOut'
  const known = !enrolled ? signedOut : reached ? 'sent' : connecting ? 'connecting' : 'noContact'
  const words = count > 0 ? 'unsent' : wipedAt !== undefined ? 'wiped' : known
  const stuck = useStuck()
  const uncopied = useUncopied()
  const state = uncopied ? 'uncopied' : parked > 0 ? 'look' : stuck && enrolled ? 'stuck' : words
  const age = t(`age.${unit}`, { count: units })
  return (
    <a class={`status-line status-${state}`} href={state === 'wiped' ? '/' : '/status'}>
      <Icon name={alarming.includes(state) || short ? 'warning' : state === 'sent' ? 'sent' : 'device'} />
      <span role="status">
        {state === 'look' && t('status.look', { count: parked })}
        {state === 'stuck' && t('status.stuck', { count, age })}
        {state === 'unsent' && enrolled && t('status.unsent', { count, age })}
        {state === 'unsent' && !enrolled && t('status.unsentSignedOut', { count })}
        {isPlain(state) && t(`status.${state}`)}
        {short && `. ${t('status.short')}`}
      </span>
    </a>
  )
}
