import { flagOf, textOf } from './fields.ts'
import type { Space } from './fold.ts'
import { isId } from './ids.ts'
import type { Change } from './op.ts'
import { readWallCode } from './rotatingCode.ts'

/**
 * The attendees' door to an event: a code that makes any browser a device of role `attendee`. The server keeps only its
 * hash; the log holds the code, so that every facilitator's phone shows it without a network. Attendees' devices do not
 * get this record (core/view.ts).
 */
export type Gate = {
  id: string
  /** Eight letters, as `K7QF2MXA`. */
  code: string
  /** Lets nobody new in; who came in through it goes on. */
  closed: boolean
}

/** The gates of an event by id, closed ones too: posters with their codes still hang on walls. */
function readGates(space: Space): Gate[] {
  const gates = [...(space.records.get('gate') ?? [])].map(
    ([id, { fields }]): Gate => ({ id, code: textOf(fields, 'code'), closed: flagOf(fields, 'closed') }),
  )
  return gates.filter(({ code }) => code !== '').sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The gate that is shown: the newest that is open (ids are UUIDv7, but as text they do not sort by time). */
export function openGate(space: Space): Gate | undefined {
  const stampOf = (id: string) => space.records.get('gate')?.get(id)?.stamp.at ?? 0
  return readGates(space)
    .filter(({ closed }) => !closed)
    .sort((a, b) => stampOf(b.id) - stampOf(a.id))[0]
}

export function setGate(id: string, fields: Partial<Omit<Gate, 'id'>>): Change {
  return { type: 'set', kind: 'gate', id, fields }
}

/**
 * Where a code lets in, and to which material: its first half in the path, its second half in the fragment, which no
 * server and no preview sees.
 */
export function gatePath(code: string, material?: string): string {
  return `/m/${code.slice(0, 4)}${material ? `?materi=${material}` : ''}#${code.slice(4)}`
}

/**
 * The material that a handed-over link leads to. It stands in the query: an id opens nothing, and outlives a reload.
 */
export function materialOfLink(query: string): string | undefined {
  return /[?&]materi=([\w-]+)/.exec(query)?.[1]
}

/**
 * What a link holds behind the `#`: the secret half of the code, and behind a dot the code of the moment from the
 * wall's QR (`#2MXA.4711`) or the pass of whom the link was sent to (`#2MXA.` and an id).
 */
export function splitFragment(fragment: string): { secret: string; wallCode?: string; pass?: string } {
  const [secret = '', more = ''] = fragment.split('.')
  if (isId(more)) return { secret, pass: more }
  const wallCode = readWallCode(more)
  return { secret, ...(wallCode !== undefined && { wallCode }) }
}

/** With fewer letters a code is not whole, as of a link that lost its end. */
export const gateCodeLength = 8

/** A typed or scanned code: without dashes, spaces and case. */
export function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
