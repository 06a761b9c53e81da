import { isFields } from './fields.ts'
import { sha256 } from './sha256.ts'

export const opVersion = 1

/** The longest body that a server takes, UTF-8 bytes; what makes ops stays below it, so that none is stuck later. */
export const maxBodyBytes = 262_144

/** A field's value: a register holds one, and the last writer wins per field. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Fields = Record<string, Value>

/**
 * What a person changed (design.md section 3):
 * - `set`: some fields of one record;
 * - `add`: a fact that never changes, named by the op's salt and its place in the op;
 * - `void`: withdraws the facts that its author had seen, with a reason.
 */
export type Change =
  | { type: 'set'; kind: string; id: string; fields: Fields }
  | { type: 'add'; kind: string; fields: Fields }
  | { type: 'void'; facts: string[]; reason: string }

/** A change of a type that only a newer version knows; it keeps its place, since facts are named by theirs ([S9]). */
export type UnknownChange = { type: 'unknown' }

/**
 * One action of a person. `dev` and `n` name it for ever; `wall` is the raw device clock and `at` the corrected time,
 * both epoch ms. `body` is made once and never serialised again: what is hashed, signed, stored and sent is this
 * string.
 */
export type Op = { v: number; space: string; dev: string; n: number; wall: number; at: number; body: string }

export type Body = { salt: string; changes: (Change | UnknownChange)[] }

type WireChange = ['s', string, string, Fields] | ['a', string, Fields] | ['v', string[], string]

/** The one serialisation of an action: `[salt, change, …]` with short tags, since bytes are money in a village. */
export function encodeBody(salt: string, changes: Change[]): string {
  const wire = changes.map((change): WireChange => {
    if (change.type === 'set') return ['s', change.kind, change.id, change.fields]
    if (change.type === 'add') return ['a', change.kind, change.fields]
    return ['v', change.facts, change.reason]
  })
  return JSON.stringify([salt, ...wire])
}

const isText = (value: unknown): value is string => typeof value === 'string'
/** No record is nested deeper; what is cannot be written again everywhere, and one phone would stop all others. */
const deepest = 32

/** A field called `__proto__`, at any depth, could not be assigned like others, so what has one is no record. */
function isPlain(value: object, depth = 0): boolean {
  if (depth > deepest || Object.hasOwn(value, '__proto__')) return false
  return Object.values(value).every((inner) => typeof inner !== 'object' || inner === null || isPlain(inner, depth + 1))
}
const isRecord = (value: unknown): value is Fields => isFields(value) && isPlain(value)

function readChange(wire: unknown): Change | UnknownChange {
  if (!Array.isArray(wire)) return { type: 'unknown' }
  const [tag, first, second, third] = wire
  if (tag === 's' && isText(first) && isText(second) && isRecord(third))
    return { type: 'set', kind: first, id: second, fields: third }
  if (tag === 'a' && isText(first) && isRecord(second)) return { type: 'add', kind: first, fields: second }
  if (tag === 'v' && Array.isArray(first) && first.every(isText) && isText(second))
    return { type: 'void', facts: first, reason: second }
  return { type: 'unknown' }
}

/**
 * The action in a body, or `undefined` when it is not one. What this version does not know is marked, not refused: the
 * body itself is kept and passed on as it is, and folds after the upgrade ([S9]).
 */
export function decodeBody(body: string): Body | undefined {
  let wire: unknown
  try {
    wire = JSON.parse(body)
  } catch {
    return undefined
  }
  if (!Array.isArray(wire) || !isText(wire[0]) || wire[0].length < 8) return undefined
  return { salt: wire[0], changes: wire.slice(1).map(readChange) }
}

/**
 * The name of the `index`-th change of a body that is an `add`. The salt survives a change of the device's key ([S8]).
 */
export function factId(salt: string, index: number): string {
  return `${salt}.${index}`
}

/** The start of every device's chain in a space. */
export const chainStart = new Uint8Array(32)

/**
 * The link of an op in its device's chain: SHA-256(previous link ‖ header ‖ SHA-256(body)). It commits to the hash of
 * the salted body, so that an erased body leaves the chain verifiable (design.md section 4). `bodyHash`: where it is
 * known.
 */
export function sealLink(previous: Uint8Array, op: Op, bodyHash = sha256(op.body)): Uint8Array {
  return sha256(previous, JSON.stringify([op.v, op.space, op.dev, op.n, op.wall, op.at]), bodyHash)
}

/** The link of an op in its space's log: previous link, number, author, the final time and the body's hash. */
export function logLink(previous: Uint8Array, seq: number, op: Op, bodyHash = sha256(op.body)): Uint8Array {
  return sha256(previous, JSON.stringify([seq, op.v, op.dev, op.n, op.wall, op.at]), bodyHash)
}
