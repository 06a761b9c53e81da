import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAttendance, undoCheckIn, updateAttendance } from '../../src/core/attendance.ts'
import { applyOp, emptySpace, fold, standingFacts } from '../../src/core/fold.ts'
import { encodeBody } from '../../src/core/op.ts'
import { canonicalState } from '../support/canonicalState.ts'
import { factOf, histories, saltOf, shuffled, write } from '../support/ops.ts'

const set = (fields: Record<string, string>) => ({ type: 'set' as const, kind: 'person', id: 'p', fields })
const add = { type: 'add' as const, kind: 'attendance', fields: { p: 'p', s: 's' } }
const withdraw = (...facts: string[]) => ({ type: 'void' as const, facts, reason: 'salah orang' })
const fieldsOf = (space: ReturnType<typeof fold>) => space.records.get('person')?.get('p')?.fields

describe('state is a pure function of the set of ops', () => {
  test('any order and any repetition give the same bytes', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (ops, seed, again) => {
        const expected = canonicalState(fold(ops))
        expect(canonicalState(fold(shuffled(ops, seed)))).toBe(expected)
        expect(canonicalState(fold([...shuffled(ops, seed), ...shuffled(ops, again).slice(again % 5)]))).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  test('an op that came at two times, as the server lowered one, is at the earlier in any order', () => {
    const [late, early] = [write('A', 1, [add], 30), write('A', 1, [add], 20)]
    for (const ops of [
      [late, early],
      [early, late],
    ])
      expect([...standingFacts(fold(ops), 'attendance')].map(({ stamp }) => stamp.at)).toEqual([20])
  })

  test('the latest time that was seen is that of no op in particular', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (ops, seed) => {
        expect(fold(shuffled(ops, seed)).lastAt).toBe(Math.max(0, ...ops.map(({ at }) => at)))
      }),
    )
  })

  test('an op that is folded again leaves everything as it was, counts included', () => {
    const ops = [
      write('A', 1, [set({ name: 'x' }), add]),
      { ...write('A', 2, []), body: `["${saltOf('A', 2)}",["new"]]` },
    ]
    const once = fold(ops)
    const twice = fold([...ops, ...ops])
    expect(twice).toEqual(once)
    expect(once.unknownChanges.size).toBe(1)
  })

  test('an op says which kinds it touched', () => {
    const space = emptySpace()
    expect(applyOp(space, write('A', 1, [set({ name: 'x' }), add]))).toEqual({
      kinds: new Set(['person', 'attendance']),
      facts: new Set([factOf('A', 1, 1)]),
    })
    expect(applyOp(space, write('A', 2, [withdraw(factOf('A', 1, 1))]))).toEqual({
      kinds: new Set(['void']),
      facts: new Set([factOf('A', 1, 1)]),
    })
    expect(applyOp(space, { ...write('A', 3, []), body: 'damaged' })).toEqual({ kinds: new Set(), facts: new Set() })
  })
})

describe('registers', () => {
  test('the last writer wins per field, not per record', () => {
    const ops = [
      write('A', 1, [set({ name: 'Contoh', phone: '1' })], 10),
      write('B', 1, [set({ phone: '2' })], 30),
      write('A', 2, [set({ name: 'Contoh Satu', phone: '3' })], 20),
    ]
    for (const seed of [1, 2, 3, 4, 5])
      expect(fieldsOf(fold(shuffled(ops, seed)))).toEqual({ name: 'Contoh Satu', phone: '2' })
  })

  test('equal times break by device, then by number', () => {
    const ops = [
      write('A', 1, [set({ name: 'A1' })], 10),
      write('B', 1, [set({ name: 'B1' })], 10),
      write('B', 2, [set({ name: 'B2' })], 10),
    ]
    for (const seed of [1, 2, 3, 4, 5]) expect(fieldsOf(fold(shuffled(ops, seed)))).toEqual({ name: 'B2' })
  })

  test('a field may bear the name of what every object inherits', () => {
    const older = write('A', 1, [set({ constructor: 'old', x: '1' })], 10)
    const newer = write('B', 1, [set({ constructor: 'new' })], 30)
    const other = write('B', 2, [set({ x: '2' })], 20)
    expect(fieldsOf(fold([newer, other, older]))).toEqual({ constructor: 'new', x: '2' })
    expect(fieldsOf(fold([older, other, newer]))).toEqual({ constructor: 'new', x: '2' })
  })
})

describe('facts', () => {
  const standing = (ops: Parameters<typeof fold>[0]) => [...standingFacts(fold(ops), 'attendance')].map(({ id }) => id)

  test('a void withdraws what its author had seen, whichever arrives first; what it had not seen survives', () => {
    const seen = write('A', 1, [add], 10)
    const unseen = write('B', 1, [add], 20)
    const undo = write('C', 1, [withdraw(factOf('A', 1))], 30)
    for (const seed of [1, 2, 3, 4, 5]) expect(standing(shuffled([seen, unseen, undo], seed))).toEqual([factOf('B', 1)])
  })

  test('a fact that was withdrawn twice keeps both reasons', () => {
    const ops = [
      write('A', 1, [add]),
      write('B', 2, [withdraw(factOf('A', 1))]),
      write('C', 3, [withdraw(factOf('A', 1))]),
    ]
    expect(fold(ops).voids.get(factOf('A', 1))).toHaveLength(2)
  })

  test('[S8] the same body under a new key of the device is the same fact, at the earlier time', () => {
    const first = write('A', 1, [add], 20)
    const again = { ...first, dev: 'B', at: 10 }
    const space = fold([first, again])
    expect([...standingFacts(space, 'attendance')].map(({ stamp }) => stamp.at)).toEqual([10])
    expect(canonicalState(space)).toBe(canonicalState(fold([again, first])))
  })
})

describe('a fact whose salt somebody else has seen and used again', () => {
  const of = (person: string) => ({ type: 'add' as const, kind: 'attendance', fields: { p: person, s: 's' } })
  const forge = (dev: string, n: number, at: number, person: string) => ({
    ...write(dev, n, [of(person)], at),
    body: encodeBody(saltOf('A', 1), [of(person)]),
  })
  const present = (ops: Parameters<typeof fold>[0]) =>
    [...readAttendance(fold(ops)).values()].flatMap((people) => [...people.keys()]).sort()
  const victim = write('A', 1, [of('korban')], 50)

  test('stands beside the other one, in any order and however often they come', () => {
    const ops = [victim, forge('X', 1, 1, 'penyerang'), forge('Y', 1, 99, 'kawan'), { ...victim, dev: 'B', at: 40 }]
    const expected = canonicalState(fold(ops))
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, again) => {
        const mixed = [...shuffled(ops, seed), ...shuffled(ops, again)]
        expect(canonicalState(fold(mixed))).toBe(expected)
        expect(present(mixed)).toEqual(['kawan', 'korban', 'penyerang'])
      }),
    )
  })

  test('is undone without the other one', () => {
    const ops = [victim, forge('X', 1, 1, 'penyerang')]
    const forged = readAttendance(fold(ops)).get('s')?.get('penyerang')
    if (!forged) throw new Error('no attendance')
    expect(present([...ops, write('C', 1, [undoCheckIn(forged, 'palsu')], 60)])).toEqual(['korban'])
  })

  test('says that both people have to be read again', () => {
    const space = fold([victim])
    const before = readAttendance(space)
    const { facts } = applyOp(space, forge('X', 1, 1, 'penyerang'))
    expect([...(updateAttendance(before, space, facts).get('s')?.keys() ?? [])].sort()).toEqual(['korban', 'penyerang'])
  })
})

describe('[S9] what this version does not know', () => {
  test('a kind without a reader is folded and waits', () => {
    const space = fold([write('A', 1, [{ type: 'set', kind: 'drone', id: 'd', fields: { altitude: 7 } }])])
    expect(space.records.get('drone')?.get('d')?.fields).toEqual({ altitude: 7 })
  })

  test('a change of an unknown type keeps its place, so that the facts behind it keep their names', () => {
    const body = `["${saltOf('A', 1)}",["merge"],${JSON.stringify(JSON.parse(encodeBody(saltOf('A', 1), [add]))[1])}]`
    const space = fold([{ ...write('A', 1, []), body }])
    expect([...standingFacts(space, 'attendance')].map(({ id }) => id)).toEqual([factOf('A', 1, 1)])
    expect(space.unknownChanges).toEqual(new Set([factOf('A', 1, 0)]))
  })
})

test('a record of very many fields, written twice, holds nobody up', () => {
  const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 1]))
  const note = { type: 'set' as const, kind: 'note', id: 'x', fields }
  const space = fold([write('A', 1, [note]), write('A', 2, [note])])
  expect(space.records.get('note')?.get('x')?.newer?.f19999?.n).toBe(2)
}, 5_000)
