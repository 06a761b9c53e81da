import type { Context } from 'hono'
import { may } from '../../core/access.ts'
import { textOf } from '../../core/fields.ts'
import { type Space, standingFacts } from '../../core/fold.ts'
import { readForms } from '../../core/form/form.ts'
import { canonicalIds } from '../../core/person.ts'
import { type TicketAnswer, TicketRequest } from '../../protocol/ballot.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Whether a person was seen at the event, under any of these ids; `dev` limits it to what this device recorded. */
function wasPresent(space: Space, ids: string[], dev: string | undefined): boolean {
  for (const { fields, stamp } of standingFacts(space, 'attendance'))
    if (ids.includes(textOf(fields, 'p')) && (dev === undefined || stamp.dev === dev)) return true
  return false
}

/** The ids that were merged into one person, the same for each of them. */
function sameIds(space: Space, person: string): string[] {
  const canonical = canonicalIds(space)
  const one = canonical.get(person) ?? person
  return [...new Set([one, person, ...[...canonical].flatMap(([id, to]) => (to === one ? [id] : []))])].sort()
}

/**
 * The right to answer an anonymous form once, for somebody who was seen at the event: an attendee's device for the
 * persons whom it signed in, the team's devices for anybody. It is noted that a ticket was given, and to whom; which
 * ballot it was is hidden from the server.
 */
export const ticket = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'push')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, TicketRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space, device, role, owner = '' } = granted.value
  const { person, blinded } = request.value
  const folded = await deps.folded(space)
  const form = folded && readForms(folded.space).get(c.req.param('form') ?? '')
  if (!folded || !form?.open || !form.anonymous) return refuse(c, { kind: 'notFound' })
  const isOwn = owner !== '' && person.startsWith(owner)
  const own = may(role, 'checkIn') || isOwn ? undefined : device.dev
  const ids = sameIds(folded.space, person)
  if (!wasPresent(folded.space, ids, own)) return refuse(c, { kind: 'forbidden' })
  const issued = deps.tickets.issue({ space, form: form.id }, blinded)
  if (!issued) return refuse(c, { kind: 'badRequest' })
  for (const id of ids)
    if (!(await deps.store.claimTicket({ space, form: form.id, person: id, blinded })))
      return refuse(c, { kind: 'used' })
  return answer<TicketAnswer>(c, issued)
}
