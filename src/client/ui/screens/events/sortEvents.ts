import { dayAt } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { heldSessions } from '../../../state/sessions.ts'
import type { HeldSpace } from '../../../state/spaces.ts'

/**
 * What runs or comes, soonest first, then what is over, latest first; what is not open yet may be either and stays on
 * top.
 */
export function sortEvents(
  rows: HeldSpace[],
  opened: ReadonlyMap<string, OpenSpace>,
  now: number,
): { current: HeldSpace[]; past: HeldSpace[] } {
  const daysOf = new Map(
    rows.map(({ space }) => {
      const open = opened.get(space)
      const days = open ? heldSessions(open).map(({ day }) => day) : []
      const today = dayAt(now, open?.event.value?.zone ?? 'WIB')
      const last = days.at(-1)
      return [space, { first: days[0] ?? '', isPast: last !== undefined && last < today }]
    }),
  )
  const first = ({ space }: HeldSpace) => daysOf.get(space)?.first ?? ''
  const isPast = ({ space }: HeldSpace) => daysOf.get(space)?.isPast ?? false
  const byDay = [...rows].sort((a, b) => (`${first(a)} ${a.space}` < `${first(b)} ${b.space}` ? -1 : 1))
  return { current: byDay.filter((row) => !isPast(row)), past: byDay.filter(isPast).reverse() }
}
