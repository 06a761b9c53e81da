import type { Fields, Value } from './op.ts'

/** What was parsed of JSON, or kept as plain data, and holds named values. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A text, else `''`. Like all readers below: records come from other versions, a field of another type reads as absent.
 */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** A finite number; anything else, text of digits too, counts as absent. */
export function numberOf(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  return Number.isFinite(value) && typeof value === 'number' ? value : undefined
}

/** Only `true` is true. */
export function flagOf(fields: Fields, name: string): boolean {
  return fields[name] === true
}

/** One of the allowed words, else `fallback`: a newer app may write words that this one does not know. */
export function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[], fallback: T): T {
  const value = fields[name]
  return allowed.find((one) => one === value) ?? fallback
}

/** The items that `read` makes something of, in their order; those it answers `undefined` to are left out. */
export function listOf<T>(value: Value | undefined, read: (item: Value) => T | undefined): T[] {
  if (!Array.isArray(value)) return []
  return value.map(read).filter((item): item is T & {} => item !== undefined)
}

/** The fields of a value that is an object, else none. */
export function objectOf(value: Value | undefined): Fields {
  return isFields(value) ? value : {}
}
