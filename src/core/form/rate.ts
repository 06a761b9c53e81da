import type { Steps } from '../steps.ts'
import { leastShown, showableGroups } from './groups.ts'

/** How many of those who were seen have answered. */
export type Rate = { answered: number; present: number }

/**
 * The rate of each group (role, session), in the order in which the groups come; `people` are those who were seen, each
 * a step.
 */
export function* ratesBy(
  people: Iterable<string>,
  answered: ReadonlySet<string>,
  groupOf: (person: string) => string,
): Steps<Map<string, Rate>> {
  const rates = new Map<string, Rate>()
  for (const person of people) {
    const group = groupOf(person)
    const held = rates.get(group) ?? { answered: 0, present: 0 }
    rates.set(group, { answered: held.answered + (answered.has(person) ? 1 : 0), present: held.present + 1 })
    yield
  }
  return rates
}

/** The rate of one role, or of one session. */
export type GroupRate = Rate & { group: string }

/**
 * The rates that may be told of a form without names, of `seen` persons by session: of each session with five or more,
 * and of roles as groups may be shown elsewhere, so that no rate is one person's. `session`: the only one that the form
 * is about, or `''`.
 */
export function tellableRates(input: {
  seen: ReadonlyMap<string, readonly string[]>
  answered: ReadonlySet<string>
  roleOf: (person: string) => string
  session: string
}): { roles: GroupRate[]; sessions: GroupRate[] } {
  const asked = [...input.seen].filter(([session]) => input.session === '' || session === input.session)
  const rateOf = (group: string, people: readonly string[]): GroupRate => {
    return { group, answered: people.filter((person) => input.answered.has(person)).length, present: people.length }
  }
  const everybody = [...new Set(asked.flatMap(([, people]) => people))]
  return {
    roles: showableGroups(everybody, input.roleOf).shown.map(({ group, members }) => rateOf(group, members)),
    sessions: asked.filter(([, people]) => people.length >= leastShown).map(([group, people]) => rateOf(group, people)),
  }
}
