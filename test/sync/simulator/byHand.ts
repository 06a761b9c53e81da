import { factId } from '../../../src/core/op.ts'

export type LoggedBody = { dev: string; n: number; at: number; body: string }
type Fact = { id: string; salt: string; kind: string; fields: Record<string, string>; op: LoggedBody }
type Closing = LoggedBody & { salt: string; isClosed: boolean }
/** `first`: the op of the earliest fact, and why it came late, if it says so. */
type Attended = { session: string; person: string; isLate: boolean; first: { salt: string; reason: string } }

const isEarlier = (a: LoggedBody, b: LoggedBody) =>
  a.at !== b.at ? a.at < b.at : a.dev !== b.dev ? a.dev < b.dev : a.n < b.n

/**
 * Who attended which session and came late, and which closing of a list stands, counted from the bare bodies in the
 * plainest way: a fact that no undo names, persons that are one by a fact that no undo names, the last who closed or
 * opened a list. Written apart from core/fold, so that both would have to be wrong.
 */
export function readByHand(ops: LoggedBody[]): {
  attended: Attended[]
  closed: Map<string, Closing>
  /** The one id of a person that was merged. */
  same: (person: string) => string
} {
  const undone = new Set<string>()
  const facts: Fact[] = []
  const lists = new Map<string, Closing>()
  for (const op of ops) {
    const [salt, ...changes]: [string, ...unknown[][]] = JSON.parse(op.body)
    changes.forEach(([type, kind, third, fourth], index) => {
      if (type === 'v' && Array.isArray(kind)) for (const fact of kind) undone.add(fact)
      if (type === 'a') facts.push({ id: factId(salt, index), salt, kind: String(kind), fields: Object(third), op })
      const isClosed: unknown = Reflect.get(Object(fourth), 'closed')
      if (type !== 's' || kind !== 'session' || typeof isClosed !== 'boolean') return
      const held = lists.get(String(third))
      if (!held || isEarlier(held, op)) lists.set(String(third), { ...op, salt, isClosed })
    })
  }
  const closed = new Map([...lists].filter(([, { isClosed }]) => isClosed))
  const standing = facts.filter(({ id }) => !undone.has(id))
  const same = standing.filter(({ kind }) => kind === 'same').map(({ fields }) => [fields.a ?? '', fields.b ?? ''])
  const smallest = (person: string): string => {
    const group = new Set([person])
    for (let size = 0; size < group.size; ) {
      size = group.size
      for (const pair of same) if (pair.some((one) => group.has(one))) for (const one of pair) group.add(one)
    }
    return [...group].sort()[0] ?? person
  }
  const firsts = new Map<string, Fact & { session: string; person: string }>()
  for (const fact of standing) {
    const { kind, fields, op } = fact
    if (kind !== 'attendance' || !fields.s || !fields.p) continue
    const [session, person] = [fields.s, smallest(fields.p)]
    const held = firsts.get(`${session} ${person}`)
    if (!held || isEarlier(op, held.op)) firsts.set(`${session} ${person}`, { ...fact, session, person })
  }
  const attended = [...firsts.values()].map(({ session, person, salt, fields: { late: reason = '' }, op }) => {
    const closing = closed.get(session)
    return { session, person, isLate: reason !== '' || (!!closing && isEarlier(closing, op)), first: { salt, reason } }
  })
  return { attended, closed, same: smallest }
}
