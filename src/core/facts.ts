import { toBase64Url } from './bytes.ts'
import type { Fields } from './op.ts'
import { sha256 } from './sha256.ts'
import { compareStamps, type Stamp } from './stamp.ts'

export type Fact = { id: string; kind: string; fields: Fields; stamp: Stamp; wall: number }

/** How a fact is told from another one that took its name: 64 bits of its content. */
const rivalMark = '~'

const contentOf = ({ fields }: Fact) => JSON.stringify(fields)
const rivalName = (name: string, content: string) => `${name}${rivalMark}${toBase64Url(sha256(content).subarray(0, 8))}`

/** The name that a fact was given by its author's salt, also when another one holds it. */
export function givenName(id: string): string {
  return id.split(rivalMark, 1)[0] ?? id
}

/**
 * Adds a fact to those of its kind; returns the ids of whatever came, moved or changed. The same content again, as of a
 * device under a new key ([S8]), is the same fact at the earlier time. Other content under the same name comes from
 * somebody who has seen the salt: nothing is replaced, the earlier keeps the name and the others are told by their
 * content, the same in any order of arrival.
 */
export function addFact(facts: Map<string, Fact>, fact: Fact): string[] {
  const { id: name } = fact
  const held = facts.get(name)
  if (!held) {
    facts.set(name, fact)
    return [name]
  }
  const isAgain = held.stamp.dev === fact.stamp.dev && held.stamp.n === fact.stamp.n
  if (isAgain && compareStamps(held.stamp, fact.stamp) <= 0) return [name]
  const rivals = [...facts.keys()].filter((id) => id.startsWith(name + rivalMark))
  const earliest = new Map<string, Fact>()
  for (const one of [held, ...rivals.map((id) => facts.get(id)), fact]) {
    const known = one && earliest.get(contentOf(one))
    if (one && (!known || compareStamps(one.stamp, known.stamp) < 0)) earliest.set(contentOf(one), one)
  }
  for (const id of rivals) facts.delete(id)
  const [first, ...others] = [...earliest.values()].sort((a, b) => compareStamps(a.stamp, b.stamp))
  if (first) facts.set(name, { ...first, id: name })
  const moved = others.map((one) => ({ ...one, id: rivalName(name, contentOf(one)) }))
  for (const one of moved) facts.set(one.id, one)
  return [name, ...moved.map(({ id }) => id)]
}
