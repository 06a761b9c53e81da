import type { Context } from 'hono'
import { readAttendance } from '../../core/attendance.ts'
import { readForms } from '../../core/form/form.ts'
import { tellableRates } from '../../core/form/rate.ts'
import { canonicalIds, readPeople } from '../../core/person.ts'
import { leadingRole } from '../../core/role.ts'
import type { RatesAnswer } from '../../protocol/ballot.ts'
import { answer, refuse } from './answers.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/**
 * How many were given a ticket for an anonymous form, by role and session, for the team: numbers of groups of five or
 * more, and no person. Of a form with names the log tells it.
 */
export const rates = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  const { space: id } = granted.value
  const space = (await deps.folded(id))?.space
  const form = space && readForms(space).get(c.req.param('form') ?? '')
  if (!space || !form?.anonymous) return refuse(c, { kind: 'notFound' })
  const canonical = canonicalIds(space)
  const ticketed = await deps.store.listTicketed(id, form.id)
  const people = readPeople(space)
  return answer<RatesAnswer>(
    c,
    tellableRates({
      seen: new Map([...readAttendance(space)].map(([session, seen]) => [session, [...seen.keys()]])),
      answered: new Set(ticketed.map((person) => canonical.get(person) ?? person)),
      roleOf: (person) => leadingRole(people.get(person)?.roles ?? []),
      session: form.session,
    }),
  )
}
