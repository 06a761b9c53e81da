import { type Space, stampOf } from '../../src/core/fold.ts'
import type { Value } from '../../src/core/op.ts'
import type { Stamp } from '../../src/core/stamp.ts'

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)

function sortKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(byKey)
      .map(([key, inner]) => [key, sortKeys(inner)]),
  )
}

/** The state as one canonical text: two devices that hold the same ops give the same bytes. */
export function canonicalState(space: Space): string {
  const written = ({ at, dev, n }: Stamp) => [at, dev, n]
  const records = [...space.records].sort(byKey).map(([kind, entries]) => [
    kind,
    [...entries].sort(byKey).map(([id, entry]) => [
      id,
      Object.entries(entry.fields)
        .sort(byKey)
        .map(([field, value]) => [field, sortKeys(value), written(stampOf(entry, field))]),
    ]),
  ])
  const facts = [...space.facts]
    .sort(byKey)
    .map(([kind, found]) => [
      kind,
      [...found].sort(byKey).map(([id, fact]) => [id, sortKeys(fact.fields), fact.wall, written(fact.stamp)]),
    ])
  const voids = [...space.voids]
    .sort(byKey)
    .map(([fact, voidings]) => [fact, voidings.map(({ reason, stamp }) => [reason, written(stamp)])])
  return JSON.stringify({ records, facts, voids })
}
