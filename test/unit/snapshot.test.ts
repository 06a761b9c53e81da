import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAttendance } from '../../src/core/attendance.ts'
import { applyOp, fold } from '../../src/core/fold.ts'
import { readMerges } from '../../src/core/merge.ts'
import { type Change, encodeBody, type Op } from '../../src/core/op.ts'
import { addToRanges, isInRanges, type OpRanges } from '../../src/core/opRanges.ts'
import { readPeople, samePerson } from '../../src/core/person.ts'
import { packSpace, snapshotVersion, unpackSpace } from '../../src/core/snapshot.ts'
import { canonicalState } from '../support/canonicalState.ts'
import { factOf, histories, saltOf, shuffled, write } from '../support/ops.ts'

type Written = Omit<Op, 'v' | 'space'>

const kept = (ops: Written[]) => {
  const space = unpackSpace([...packSpace(fold(ops))])
  if (!space) throw new Error('the snapshot cannot be read')
  return space
}

const person = (id: string, name: string): Change => ({ type: 'set', kind: 'person', id, fields: { name } })
const seen = (p: string): Change => ({ type: 'add', kind: 'attendance', fields: { p, s: 's' } })

/**
 * What histories of chance meet rarely: merges and their undoing, a fact under a taken name, a newer version's change.
 */
const special: Written[] = [
  write('A', 11, [person('p1', 'Ani Contoh'), seen('p1')], 5),
  write('B', 11, [person('p2', 'Ani C.'), seen('p2')], 6),
  write('B', 12, [samePerson('p1', 'p2')], 7),
  write('C', 11, [samePerson('p2', 'p3'), person('p3', 'A. Contoh')], 8),
  write('A', 12, [{ type: 'void', facts: [factOf('C', 11)], reason: 'orang lain' }], 9),
  { ...write('C', 12, [], 4), body: encodeBody(saltOf('A', 11), [person('p4', 'Beni'), seen('p9')]) },
  { ...write('C', 13, [], 10), body: `["${saltOf('C', 13)}",["x","new"],["s","hologram","h",{"v":2}]]` },
  { ...write('C', 14, [], 11), body: 'damaged' },
  write('B', 13, [person('p1', 'Ani Contoh, S.Sos.')], 12),
]
const logs = fc.tuple(histories, fc.nat()).map(([ops, seed]) => shuffled([...ops, ...special], seed))

const screenOf = (space: ReturnType<typeof fold>) => {
  const attendance = [...readAttendance(space)].map(([session, people]) => [session, [...people.values()]])
  return JSON.stringify([[...readPeople(space)], [...readMerges(space)], attendance, [...space.unknownChanges]])
}

describe('a snapshot', () => {
  test('[S6] and the tail behind it are the full replay, for every cut', () => {
    fc.assert(
      fc.property(logs, (ops) => {
        const whole = fold(ops)
        for (let cut = 0; cut <= ops.length; cut++) {
          const space = kept(ops.slice(0, cut))
          for (const op of ops.slice(cut)) applyOp(space, op)
          expect(canonicalState(space)).toBe(canonicalState(whole))
          expect(screenOf(space)).toBe(screenOf(whole))
          expect(space.lastAt).toBe(whole.lastAt)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('of a snapshot is the same, and so is one that meets its ops again', () => {
    fc.assert(
      fc.property(logs, (ops) => {
        const space = kept(ops)
        expect([...packSpace(space)]).toEqual([...packSpace(fold(ops))])
        for (const op of ops) applyOp(space, op)
        expect(canonicalState(space)).toBe(canonicalState(fold(ops)))
      }),
      { numRuns: 100 },
    )
  })

  test('of many is in pieces that are read one by one', () => {
    const ops = Array.from({ length: 2_500 }, (_, i) => write('A', i + 1, [person(`p${i}`, 'x'), seen(`p${i}`)]))
    expect([...packSpace(fold(ops))]).toHaveLength(3 + 3 + 1)
    expect(canonicalState(kept(ops))).toBe(canonicalState(fold(ops)))
  })

  test('that is damaged is none', () => {
    const pieces = [...packSpace(fold(special))]
    expect(unpackSpace([])).toBeUndefined()
    expect(unpackSpace(pieces.slice(0, -1))).toBeUndefined()
    for (let i = 0; i < pieces.length; i++) {
      expect(unpackSpace(pieces.filter((_, at) => at !== i))).toBeUndefined()
      const cut = pieces.map((piece, at) => (at === i ? piece.slice(0, -2) : piece))
      expect(unpackSpace(cut)).toBeUndefined()
    }
    expect(unpackSpace([...pieces.slice(0, -1), 'null'])).toBeUndefined()
  })

  /** By version, the hash of what it makes of the ops above. */
  const pinned: Record<number, string> = { 1: 'ec7994a3d13bcee7', 2: '00fa45307d18a6c8' }

  test('says by its number what fold it is of', () => {
    const hash = createHash('sha256')
      .update([...packSpace(fold(special))].join('\n'))
      .digest('hex')
      .slice(0, 16)
    expect(
      hash,
      'The fold or the form of snapshots has changed. Raise snapshotVersion, so that devices fold their log anew, and pin the new hash here.',
    ).toBe(pinned[snapshotVersion])
  })
})

describe('ranges of ops', () => {
  test('hold what was added, in any order, in as few ranges as there are gaps', () => {
    const ops = fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 30 })))
    fc.assert(
      fc.property(ops, (added) => {
        const held: OpRanges = new Map()
        for (const [dev, n] of added) addToRanges(held, dev, n)
        for (const dev of ['A', 'B']) {
          const numbers = new Set(added.filter(([one]) => one === dev).map(([, n]) => n))
          for (let n = 0; n <= 31; n++) expect(isInRanges(held, dev, n)).toBe(numbers.has(n))
          const starts = [...numbers].filter((n) => !numbers.has(n - 1))
          expect(held.get(dev)?.length ?? 0).toBe(2 * starts.length)
        }
      }),
    )
  })
})
