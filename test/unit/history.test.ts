import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyOf } from '../../src/core/history.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'

let salts = 0
function op(n: number, at: number, changes: Change[], dev = 'A') {
  return {
    dev,
    n,
    at,
    wall: at + 7,
    received: at + 90,
    body: encodeBody(`salt${String(++salts).padStart(7, '0')}`, changes),
  }
}
const person = (fields: Record<string, string>): Change => ({ type: 'set', kind: 'person', id: 'p', fields })

describe('the history of an event', () => {
  test('tells each field with what it was before, and says nothing of what stayed', () => {
    const ops = [
      op(1, 100, [person({ name: 'Ani', position: 'Staf' })]),
      op(2, 200, [person({ name: 'Ani Contoh', position: 'Staf' })], 'B'),
      op(3, 300, [person({ name: 'Ani Contoh' })]),
    ]
    const [change, made, ...rest] = historyOf(ops)
    expect(rest).toEqual([])
    expect(change).toMatchObject({ dev: 'B', n: 2, at: 200, wall: 207, received: 290 })
    expect(change?.lines).toEqual([
      { type: 'field', kind: 'person', id: 'p', made: false, field: 'name', before: 'Ani', after: 'Ani Contoh' },
    ])
    expect(made?.lines.map((line) => line.type === 'field' && [line.field, line.before, line.made])).toEqual([
      ['name', undefined, true],
      ['position', undefined, true],
    ])
  })

  test('tells what was withdrawn and why, and what only a newer version can read', () => {
    const fields = { p: 'p', s: 's', m: 'facilitator' }
    const seen = op(1, 100, [{ type: 'add', kind: 'attendance', fields }])
    const salt: string = JSON.parse(seen.body)[0]
    const undone = op(2, 200, [{ type: 'void', facts: [`${salt}.0`, 'lain.0'], reason: 'Salah orang' }])
    const newer = { ...op(3, 300, []), body: '["saltsalt99",["zz",1]]' }
    expect(historyOf([seen, undone, newer]).map(({ lines }) => lines)).toEqual([
      [{ type: 'unknown' }],
      [{ type: 'void', facts: [{ kind: 'attendance', fields }], reason: 'Salah orang' }],
      [{ type: 'fact', kind: 'attendance', fields }],
    ])
  })

  test('[S8] the same action under another name is one line, at its earlier time', () => {
    const first = op(1, 100, [person({ name: 'Ani' })])
    const again = { ...first, dev: 'Z', n: 9, at: 500 }
    expect(historyOf([again, first]).map(({ dev, at, again }) => [dev, at, again])).toEqual([['A', 100, ['Z']]])
  })

  test('is the same in any order of arrival', () => {
    const ops = [1, 2, 3, 4, 5].map((n) => op(n, 100 + (n % 3), [person({ name: `Nama ${n}` })], n % 2 ? 'A' : 'B'))
    const told = JSON.stringify(historyOf(ops))
    fc.assert(
      fc.property(fc.shuffledSubarray(ops, { minLength: ops.length }), (shuffled) => {
        expect(JSON.stringify(historyOf(shuffled))).toBe(told)
      }),
    )
  })
})
