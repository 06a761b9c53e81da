import { addFact, type Fact } from './facts.ts'
import { decodeBody, type Fields, factId, type Op, type Value } from './op.ts'
import { compareStamps, type Stamp } from './stamp.ts'

/** A record's fields with the stamp of each: `stamp` holds for every field that `newer` does not name. */
export type Entry = { fields: Fields; stamp: Stamp; newer: Record<string, Stamp> | undefined }

export type Voiding = { reason: string; stamp: Stamp }

/**
 * A space in memory: a pure function of the *set* of its ops. Any order, any batching, any repetition gives the same
 * state. Kinds that this version does not know are folded like all others and wait for a reader.
 */
export type Space = {
  records: Map<string, Map<string, Entry>>
  facts: Map<string, Map<string, Fact>>
  voids: Map<string, Voiding[]>
  /** The highest `at` seen; the next op of this device is later (design.md section 4). */
  lastAt: number
  /** Names of the changes that this version cannot read: a reason to offer the update. */
  unknownChanges: Set<string>
}

/** The state before the first op. */
export function emptySpace(): Space {
  return { records: new Map(), facts: new Map(), voids: new Map(), lastAt: 0, unknownChanges: new Set() }
}

/** The map of a kind, made when it is its first. */
export function innerMap<K, V>(outer: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const found = outer.get(key)
  if (found) return found
  const made = new Map<string, V>()
  outer.set(key, made)
  return made
}

/** The stamp of a field that the record has. Own properties only: a field may be called `constructor`. */
export function stampOf({ stamp, newer }: Entry, field: string): Stamp {
  return (newer && Object.hasOwn(newer, field) ? newer[field] : undefined) ?? stamp
}

function setFields(records: Map<string, Entry>, id: string, fields: Fields, stamp: Stamp): void {
  const entry = records.get(id)
  if (!entry) {
    records.set(id, { fields, stamp, newer: undefined })
    return
  }
  const later = Object.keys(fields).filter(
    (field) => !Object.hasOwn(entry.fields, field) || compareStamps(stampOf(entry, field), stamp) < 0,
  )
  if (later.length === 0) return
  const newer = { ...entry.newer }
  for (const field of later) {
    entry.fields[field] = fields[field] as Value
    newer[field] = stamp
  }
  entry.newer = newer
}

function addVoiding(voids: Map<string, Voiding[]>, fact: string, voiding: Voiding): void {
  const held = voids.get(fact)
  if (!held) voids.set(fact, [voiding])
  else if (!held.some((other) => compareStamps(other.stamp, voiding.stamp) === 0)) {
    held.push(voiding)
    held.sort((a, b) => compareStamps(a.stamp, b.stamp))
  }
}

/** An op as it is folded, whichever way it came. */
export type FoldedOp = Pick<Op, 'dev' | 'n' | 'at' | 'wall' | 'body'>

/** What ops changed: kinds of records and facts (`void` for what was withdrawn), and the facts themselves. */
export type Touched = { kinds: Set<string>; facts: Set<string> }

/** For `applyOp` to write into. */
export function nothingTouched(): Touched {
  return { kinds: new Set(), facts: new Set() }
}

/** Folds one op into a space, in place, and adds what it changed to `touched`. Folding it again changes nothing. */
export function applyOp(space: Space, op: FoldedOp, touched: Touched = nothingTouched()): Touched {
  const body = decodeBody(op.body)
  if (!body) return touched
  const stamp = { at: op.at, dev: op.dev, n: op.n }
  space.lastAt = Math.max(space.lastAt, op.at)
  body.changes.forEach((change, index) => {
    if (change.type === 'set') {
      setFields(innerMap(space.records, change.kind), change.id, change.fields, stamp)
      touched.kinds.add(change.kind)
    } else if (change.type === 'add') {
      const id = factId(body.salt, index)
      const named = addFact(innerMap(space.facts, change.kind), {
        id,
        kind: change.kind,
        fields: change.fields,
        stamp,
        wall: op.wall,
      })
      touched.kinds.add(change.kind)
      for (const one of named) touched.facts.add(one)
    } else if (change.type === 'void') {
      for (const fact of change.facts) {
        addVoiding(space.voids, fact, { reason: change.reason, stamp })
        touched.facts.add(fact)
      }
      touched.kinds.add('void')
    } else space.unknownChanges.add(factId(body.salt, index))
  })
  return touched
}

/** The state of a space from its ops: any order, any repetition gives the same. */
export function fold(ops: Iterable<FoldedOp>): Space {
  const space = emptySpace()
  const touched = nothingTouched()
  for (const op of ops) applyOp(space, op, touched)
  return space
}

/** The facts of a kind that nobody withdrew. */
export function* standingFacts(space: Space, kind: string): Generator<Fact> {
  for (const fact of space.facts.get(kind)?.values() ?? []) if (!space.voids.has(fact.id)) yield fact
}
