import type { Context } from 'hono'
import * as v from 'valibot'
import { type AttendeesAnswer, AttendeesQuery } from '../../protocol/rights.ts'
import { answer, refuse } from './answers.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

const most = 100

/** Attendees' devices, some at a time: a thousand of them are counted in the team's list, not named there. */
export const attendees = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'listTeam')
  if (!granted.ok) return refuse(c, granted.failure)
  const query = v.safeParse(AttendeesQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const { before: enrolledAt, dev: last = '' } = query.output
  const found = await deps.store.listAttendees(granted.value.space, { enrolledAt, dev: last }, most + 1)
  return answer<AttendeesAnswer>(c, {
    devices: found.slice(0, most).map(({ dev, name, enrolledAt, seenAt, unsent }) => {
      return { dev, deviceName: name, enrolledAt, lastSeenAt: seenAt, unsent }
    }),
    more: found.length > most,
  })
}
