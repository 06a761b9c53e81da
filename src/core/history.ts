import type { FoldedOp } from './fold.ts'
import { decodeBody, type Fields, factId, type Value } from './op.ts'
import { compareStamps } from './stamp.ts'

/** One thing that an op did, in terms of what was there before it. */
export type HistoryLine =
  /** `made`: nobody had set anything of the record before. */
  | {
      type: 'field'
      kind: string
      id: string
      made: boolean
      field: string
      before: Value | undefined
      after: Value
    }
  | { type: 'fact'; kind: string; fields: Fields }
  /** What was withdrawn, as far as it is known here, and why. */
  | { type: 'void'; facts: { kind: string; fields: Fields }[]; reason: string }
  /** What only a newer version can read. */
  | { type: 'unknown' }

/** When the server received an op, epoch ms; `waiting`: not yet, as far as is known here; `unknown`: it did not say. */
export type Received = number | 'waiting' | 'unknown'

/**
 * An op as a person reads it: on which device, when by its clock (`wall`), corrected (`at`) and received, and what
 * changed. `again`: under which other names of devices the log has the same action, as of one that took a new key
 * ([S8]).
 */
export type HistoryEntry = {
  dev: string
  n: number
  wall: number
  at: number
  received: Received
  again: string[]
  lines: HistoryLine[]
}

const isSame = (a: Value | undefined, b: Value) => JSON.stringify(a) === JSON.stringify(b)

/**
 * The history of a space from its ops, the newest first; any order of arrival gives the same. Fields are told with what
 * they were before by the order of time, which is how they are folded; a field that was set to what it was is no
 * change.
 */
export function historyOf(ops: Iterable<FoldedOp & { received: Received }>): HistoryEntry[] {
  const sorted = [...ops].sort(compareStamps)
  const records = new Map<string, Map<string, Value>>()
  const facts = new Map<string, { kind: string; fields: Fields }>()
  const entries = new Map<string, HistoryEntry>()
  for (const { dev, n, wall, at, received, body } of sorted) {
    const told = entries.get(body)
    if (told && told.dev !== dev) told.again.push(dev)
    const decoded = told ? undefined : decodeBody(body)
    if (!decoded) continue
    const lines = decoded.changes.flatMap((change, index): HistoryLine[] => {
      if (change.type === 'unknown') return [{ type: 'unknown' }]
      if (change.type === 'add') {
        const { kind, fields } = change
        facts.set(factId(decoded.salt, index), { kind, fields })
        return [{ type: 'fact', kind, fields }]
      }
      if (change.type === 'void') {
        const known = change.facts.flatMap((fact) => facts.get(fact) ?? [])
        return [{ type: 'void', facts: known, reason: change.reason }]
      }
      const { kind, id } = change
      const key = `${kind} ${id}`
      const made = !records.has(key)
      const held = records.get(key) ?? new Map<string, Value>()
      records.set(key, held)
      return Object.entries(change.fields).flatMap(([field, after]): HistoryLine[] => {
        const before = held.get(field)
        held.set(field, after)
        return isSame(before, after) ? [] : [{ type: 'field', kind, id, made, field, before, after }]
      })
    })
    entries.set(body, { dev, n, wall, at, received, again: [], lines })
  }
  return [...entries.values()].filter(({ lines }) => lines.length > 0).reverse()
}
