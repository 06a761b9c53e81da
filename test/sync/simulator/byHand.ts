import { factId } from '../../../src/core/op.ts'

/**
 * Who attended which session, counted from the bare bodies in the plainest way: a fact that no undo names, persons that
 * are one by a fact that no undo names. Written apart from core/fold, so that both would have to be wrong.
 */
export function attendedByHand(ops: { body: string }[]): string[] {
  const undone = new Set<string>()
  const facts: { id: string; kind: string; fields: Record<string, string> }[] = []
  for (const { body } of ops) {
    const [salt, ...changes]: [string, ...unknown[][]] = JSON.parse(body)
    changes.forEach((change, index) => {
      if (change[0] === 'v' && Array.isArray(change[1])) for (const fact of change[1]) undone.add(fact)
      if (change[0] === 'a') facts.push({ id: factId(salt, index), kind: String(change[1]), fields: Object(change[2]) })
    })
  }
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
  const attended = standing.filter(({ kind, fields }) => kind === 'attendance' && fields.s && fields.p)
  return [...new Set(attended.map(({ fields }) => `${fields.s} ${smallest(fields.p ?? '')}`))]
}
