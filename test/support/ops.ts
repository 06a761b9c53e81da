import fc from 'fast-check'
import { type Change, encodeBody, factId, type Op, type Value } from '../../src/core/op.ts'

/** Names that every object inherits: a field, a kind or an id may be called like that. */
const awkward = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']

const names = fc.constantFrom('a', 'b', 'c', ...awkward)
/** Any value as it comes out of JSON, but for a field that no record may have (core/op.ts). */
export const values = fc
  .json({ maxDepth: 3 })
  .filter((text) => !text.includes('__proto__'))
  .map((text): Value => JSON.parse(text))
const fields = fc.dictionary(names, values, { maxKeys: 3, noNullPrototype: true })

/** The salt of a test's op: two ops never share one, as eight random bytes never do. */
export const saltOf = (dev: string, n: number): string => `salt-${dev}-${n}`

export type Written = Omit<Op, 'v' | 'space'>

/** An op as a device would have written it, by default at the time of its number. */
export function write(dev: string, n: number, changes: Change[], at = n): Written {
  return { dev, n, wall: at, at, body: encodeBody(saltOf(dev, n), changes) }
}

/** The name of a fact that `write` made. */
export const factOf = (dev: string, n: number, index = 0): string => factId(saltOf(dev, n), index)

const devs = ['A', 'B', 'C']
const facts = fc
  .tuple(fc.constantFrom(...devs), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 }))
  .map(([dev, n, index]) => factOf(dev, n, index))

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), kind: names, id: names, fields }),
  fc.record({ type: fc.constant('add' as const), kind: names, fields }),
  fc.record({ type: fc.constant('void' as const), facts: fc.array(facts, { maxLength: 2 }), reason: fc.string() }),
)

/** The ops of three devices with clocks that tie, run backwards and lie. */
export const histories: fc.Arbitrary<Written[]> = fc
  .tuple(
    ...devs.map((dev) =>
      fc
        .array(fc.tuple(fc.array(change, { minLength: 1, maxLength: 3 }), fc.integer({ min: -2, max: 4 })), {
          maxLength: 4,
        })
        .map((written) => written.map(([changes, at], i) => write(dev, i + 1, changes, at))),
    ),
  )
  .map((perDevice) => perDevice.flat())

/** The same items in an order that the seed decides. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = items.map((item, i) => ({ item, key: Math.sin(seed + i * 12.9898) * 43758.5453 }))
  return order.sort((a, b) => (a.key % 1) - (b.key % 1)).map(({ item }) => item)
}
