import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Change,
  chainStart,
  decodeBody,
  encodeBody,
  factId,
  logLink,
  type Op,
  sealLink,
} from '../../src/core/op.ts'
import { values } from '../support/ops.ts'

const salt = 'AAAAAAAAAAA'
const fields = fc
  .dictionary(fc.string(), values, { noNullPrototype: true })
  .filter((made) => !Object.hasOwn(made, '__proto__'))
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('set' as const), kind: fc.string(), id: fc.string(), fields }),
    fc.record({ type: fc.constant('add' as const), kind: fc.string(), fields }),
    fc.record({ type: fc.constant('void' as const), facts: fc.array(fc.string()), reason: fc.string() }),
  ),
)

describe('a body', () => {
  test('reads back as it was written, whatever its values', () => {
    fc.assert(
      fc.property(changes, (written) => {
        expect(decodeBody(encodeBody(salt, written))).toEqual({ salt, changes: written })
      }),
    )
  })

  test('is never an error, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const body = decodeBody(text)
        expect(body === undefined || Array.isArray(body.changes)).toBe(true)
      }),
    )
  })

  test.each(['', '{', 'null', '7', '"AAAAAAAAAAA"', '{}', '[]', '[1]', '["short"]'])('%s is none', (text) => {
    expect(decodeBody(text)).toBeUndefined()
  })

  test('[S9] a change of another form is marked and keeps its place', () => {
    const body = `["${salt}",["merge",1],["a","attendance",{"p":"x"}],["s","person",7,{}],"?",["a","x",[]],["v",[1],""]]`
    expect(decodeBody(body)?.changes).toEqual([
      { type: 'unknown' },
      { type: 'add', kind: 'attendance', fields: { p: 'x' } },
      { type: 'unknown' },
      { type: 'unknown' },
      { type: 'unknown' },
      { type: 'unknown' },
    ])
  })

  test('[S9] what a newer version appends to a change is no reason to refuse it', () => {
    expect(decodeBody(`["${salt}",["a","x",{},{"new":1}]]`)?.changes).toEqual([{ type: 'add', kind: 'x', fields: {} }])
  })

  test.each([
    ['has a field `__proto__`', '{"__proto__":{"polluted":1}}'],
    ['has one inside', '{"a":[{"__proto__":{"polluted":1}}]}'],
    ['is nested without end', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('a record that %s is none', (_, fields) => {
    expect(decodeBody(`["${salt}",["s","x","y",${fields}]]`)?.changes).toEqual([{ type: 'unknown' }])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('names its facts by salt and place', () => {
    expect(factId(salt, 0)).not.toBe(factId(salt, 1))
    expect(factId(salt, 0)).not.toBe(factId('BAAAAAAAAAA', 0))
  })
})

describe('the chains', () => {
  const op: Op = { v: 1, space: 's', dev: 'd', n: 1, wall: 5, at: 6, body: encodeBody(salt, []) }
  const others: [keyof Op, Op][] = [
    ['v', { ...op, v: 2 }],
    ['dev', { ...op, dev: 'e' }],
    ['n', { ...op, n: 2 }],
    ['wall', { ...op, wall: 6 }],
    ['at', { ...op, at: 7 }],
    ['body', { ...op, body: encodeBody('BAAAAAAAAAA', []) }],
  ]

  test.each(others)('commit to %s', (_, other) => {
    expect(sealLink(chainStart, other)).not.toEqual(sealLink(chainStart, op))
    expect(logLink(chainStart, 1, other)).not.toEqual(logLink(chainStart, 1, op))
  })

  test('commit to what went before and to the place', () => {
    expect(sealLink(sealLink(chainStart, op), op)).not.toEqual(sealLink(chainStart, op))
    expect(sealLink(chainStart, { ...op, space: 't' })).not.toEqual(sealLink(chainStart, op))
    expect(logLink(chainStart, 2, op)).not.toEqual(logLink(chainStart, 1, op))
    expect(logLink(sealLink(chainStart, op), 1, op)).not.toEqual(logLink(chainStart, 1, op))
  })
})
