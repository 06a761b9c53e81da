/** How many of those who were seen have answered. */
export type Rate = { answered: number; present: number }

/** The rate of each group (role, session), in the order in which the groups come; `people` are those who were seen. */
export function ratesBy(
  people: Iterable<string>,
  answered: ReadonlySet<string>,
  groupOf: (person: string) => string,
): Map<string, Rate> {
  const rates = new Map<string, Rate>()
  for (const person of people) {
    const group = groupOf(person)
    const held = rates.get(group) ?? { answered: 0, present: 0 }
    rates.set(group, { answered: held.answered + (answered.has(person) ? 1 : 0), present: held.present + 1 })
  }
  return rates
}
