import { finish, type Steps } from '../steps.ts'

/** Below this many responses nothing is shown: whoever answered could be recognised. */
export const leastShown = 5

/** `hidden`: how many are in groups that are not shown. */
export type Groups<T> = { shown: { group: string; members: T[] }[]; hidden: number }

/**
 * Responses by group (institution, role, sex), largest first, without the groups that are too small to be shown. When
 * what is hidden is itself too small, the smallest shown group is hidden with it: otherwise subtracting the shown ones
 * from the total would tell it.
 */
export function showableGroups<T>(items: readonly T[], groupOf: (item: T) => string): Groups<T> {
  return finish(groupInSteps(items, groupOf))
}

/** The same in steps, an item each. */
export function* groupInSteps<T>(items: readonly T[], groupOf: (item: T) => string): Steps<Groups<T>> {
  const byGroup = new Map<string, T[]>()
  for (const item of items) {
    const name = groupOf(item)
    const group = byGroup.get(name)
    if (group) group.push(item)
    else byGroup.set(name, [item])
    yield
  }
  const groups = [...byGroup].map(([group, members]) => ({ group, members }))
  groups.sort((a, b) => b.members.length - a.members.length || (a.group < b.group ? -1 : 1))
  const shown = groups.filter(({ members }) => members.length >= leastShown)
  const countOf = (some: typeof groups) => some.reduce((sum, { members }) => sum + members.length, 0)
  let hidden = items.length - countOf(shown)
  while (hidden > 0 && hidden < leastShown && shown.length > 0) hidden += shown.pop()?.members.length ?? 0
  return { shown, hidden }
}
