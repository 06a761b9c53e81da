import fc from 'fast-check'
import type { GenericSchema } from 'valibot'

type Json = fc.JsonValue

/** One for all: fast-check sets up a million code points for each. */
export const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const read = (from: unknown, name: string): unknown => (isObject(from) ? Reflect.get(from, name) : undefined)

/** Texts of a pattern; patterns that fast-check cannot make come out as any text. */
function matching(pattern: RegExp): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(pattern)
  } catch {
    return anyText
  }
}

/**
 * What a schema accepts, nearly always: its types, limits and patterns are followed, further conditions are not.
 * `known` are ids that exist, so that a request also finds something.
 */
export function arbitraryOf(schema: unknown, known: string[]): fc.Arbitrary<Json> {
  const inner = (part: unknown) => arbitraryOf(part, known)
  const actions = listOf(read(schema, 'pipe')).slice(1)
  const limit = (type: string) => {
    const found = actions.find((action) => read(action, 'type') === type)
    const requirement = read(found, 'requirement')
    return typeof requirement === 'number' ? requirement : undefined
  }
  switch (read(schema, 'type')) {
    case 'string': {
      const pattern = read(
        actions.find((action) => read(action, 'type') === 'regex'),
        'requirement',
      )
      const isMail = actions.some((action) => read(action, 'type') === 'email')
      if (isMail) return fc.emailAddress()
      if (!(pattern instanceof RegExp))
        return anyText.map((text) => text.padEnd(limit('min_length') ?? 0, 'x').slice(0, limit('max_length')))
      const fitting = known.filter((id) => pattern.test(id))
      return fitting.length > 0 ? fc.oneof(fc.constantFrom(...fitting), matching(pattern)) : matching(pattern)
    }
    case 'number':
      return fc.oneof(
        fc.integer({ min: limit('min_value') ?? -5, max: limit('max_value') ?? 50 }),
        fc.maxSafeInteger().map((number) => Math.max(limit('min_value') ?? -Infinity, number)),
      )
    case 'boolean':
      return fc.boolean()
    case 'literal':
      return fc.constant(toJson(read(schema, 'literal')))
    case 'picklist':
      return fc.constantFrom(...listOf(read(schema, 'options')).map(toJson))
    case 'array':
      return fc.array(inner(read(schema, 'item')), { minLength: limit('min_length') ?? 0, maxLength: 4 })
    case 'tuple':
      return fc.tuple(...listOf(read(schema, 'items')).map(inner))
    case 'nullable':
    case 'nullish':
      return fc.option(inner(read(schema, 'wrapped')))
    case 'optional':
      return inner(read(schema, 'wrapped'))
    case 'union':
    case 'variant':
      return fc.oneof(...listOf(read(schema, 'options')).map(inner))
    case 'record':
      return fc.dictionary(fc.string({ maxLength: 12 }), inner(read(schema, 'value')), { maxKeys: 5 })
    case 'object':
    case 'strict_object':
    case 'loose_object': {
      const entries = Object.entries(read(schema, 'entries') ?? {})
      const required = entries.filter(([, entry]) => read(entry, 'type') !== 'optional').map(([name]) => name)
      const model = Object.fromEntries(entries.map(([name, entry]) => [name, inner(entry)]))
      return fc.record(model, { requiredKeys: required }).map(toJson)
    }
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null))
}

const nested = (depth: number): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
/** What nobody sends by mistake. */
const junk = fc.oneof(
  fc.constantFrom<Json[]>(
    null,
    true,
    -0,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    '',
    '\0',
    '\ud800',
    '\ufeff',
    '../..',
    '{{7*7}}',
  ),
  fc.constantFrom<Json[]>('__proto__', 'constructor', '%00', "' or 1=1 --", '<script>', [], {}, nested(500)),
  fc.constant('x'.repeat(20_000)),
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
)

/** A message with one of its parts replaced, taken out, doubled or wrapped. */
export const mutated = (message: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(message, fc.nat(), junk, fc.constantFrom('replace', 'drop', 'double', 'wrap', 'add'))
    .map(([whole, at, thing, how]) => {
      const places: [object, string][] = []
      const visit = (value: unknown) => {
        if (!isObject(value)) return
        for (const [key, part] of Object.entries(value)) {
          places.push([value, key])
          visit(part)
        }
      }
      const root = { message: toJson(whole) }
      visit(root)
      const [holder, key] = places[at % places.length] ?? [root, 'message']
      const held: unknown = Reflect.get(holder, key)
      if (how === 'drop') Reflect.deleteProperty(holder, key)
      else if (how === 'add' && isObject(held))
        Object.defineProperty(held, '__proto__', { value: thing, enumerable: true })
      else Reflect.set(holder, key, how === 'double' ? [held, held] : how === 'wrap' ? { [key]: held } : thing)
      return toJson(root.message)
    })

export function requestOf(schema: GenericSchema, known: string[]): fc.Arbitrary<Json> {
  const message = arbitraryOf(schema, known)
  return fc.oneof({ weight: 2, arbitrary: message }, { weight: 3, arbitrary: mutated(message) })
}
