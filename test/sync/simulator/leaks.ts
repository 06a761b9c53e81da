/** A view as it is on the wire: `ops[i][1]` counts into `devs`, `ops[i][5]` is the body. */
export type ShownView = { devs?: string[]; ops: unknown[][] }

export const publicKinds = ['event', 'session', 'material', 'form', 'formVersion', 'offices', 'person']
export const secretFields = ['salt', 'signatories']

/**
 * 5: what a view holds that is not this phone's to see, read from the bare bodies and apart from core/view: a person
 * whose id does not begin with one of its prefixes and whom it did not sign in, a fact that is neither by it nor about
 * its own, the team's kinds, and an event's secrets.
 */
export function findLeaks(
  view: ShownView,
  own: { devs: Set<string> | undefined; owners: Set<string> | undefined },
): string[] {
  const leaks: string[] = []
  const isOwn = (id: unknown) => [...(own.owners ?? [])].some((owner) => String(id).startsWith(owner))
  const signedIn = new Set<unknown>()
  const sets: { kind: string; id: unknown; names: string[] }[] = []
  for (const op of view.ops) {
    const isByOwnHand = own.devs?.has(view.devs?.[Number(op[1])] ?? '') ?? false
    const changes: unknown[][] = JSON.parse(String(op[5])).slice(1)
    for (const [type, kind, third, fields] of changes) {
      if (type === 's') sets.push({ kind: String(kind), id: third, names: Object.keys(Object(fields)) })
      if (type !== 'a') continue
      const person = Reflect.get(Object(third), 'p')
      if (isByOwnHand) signedIn.add(person)
      else if (!isOwn(person)) leaks.push(`another's ${kind}`)
    }
  }
  for (const { kind, id, names } of sets) {
    if (!publicKinds.includes(kind)) leaks.push(`a ${kind}`)
    if (kind === 'event' && names.some((name) => secretFields.includes(name))) leaks.push('secrets of the event')
    if (kind !== 'person' || isOwn(id)) continue
    if (!signedIn.has(id)) leaks.push(`another person: ${String(id)}`)
    else if (names.some((name) => name !== 'name' && name !== 'institution')) leaks.push(`too much of ${String(id)}`)
  }
  return [...new Set(leaks)]
}
