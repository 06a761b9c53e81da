import type { Fact } from './facts.ts'
import { numberOf, textOf } from './fields.ts'
import { type Space, standingFacts } from './fold.ts'
import type { Change, Fields } from './op.ts'
import { canonicalIds } from './person.ts'
import type { WallCode } from './rotatingCode.ts'
import { compareStamps } from './stamp.ts'

const attendanceMethods = ['facilitator', 'own', 'kiosk', 'scan', 'paper'] as const
export type AttendanceMethod = (typeof attendanceMethods)[number]

export type CheckIn = {
  person: string
  session: string
  method: AttendanceMethod
  /** Packed strokes (core/ink.ts), base64url. Without it there is a reason why the person did not sign. */
  ink?: string
  unsignedReason?: string
  /** The invited office that the person stands in for (mewakili). */
  represents?: string
  /** Why the person is recorded after the list was closed (core/closing.ts). */
  lateReason?: string
  /** What the attendee read off the wall (core/rotatingCode.ts). */
  wallCode?: WallCode
}

/** Attendance of one person at one session: present while any fact is left, arrived with the earliest. */
export type Attendance = {
  person: string
  session: string
  /** Epoch ms of the earliest fact. */
  arrivedAt: number
  method: AttendanceMethod
  ink: string
  unsignedReason: string
  represents: string
  /** Why so late, of who was recorded when the list was known to be closed. */
  lateReason: string
  facts: Fact[]
}

/**
 * The fact that a person was seen at a session. Two phones that check the same person in make two facts, one
 * attendance.
 */
export function checkIn(input: CheckIn): Change {
  const { person, session, method, ink, unsignedReason, represents, lateReason, wallCode } = input
  const fields: Fields = { p: person, s: session, m: method }
  if (ink) fields.ink = ink
  if (unsignedReason) fields.unsigned = unsignedReason
  if (represents) fields.represents = represents
  if (lateReason) fields.late = lateReason
  if (wallCode) Object.assign(fields, { code: wallCode.code, codeAt: wallCode.at })
  return { type: 'add', kind: 'attendance', fields }
}

/** Withdraws the facts that this device has seen; a check-in that it has not seen survives. */
export function undoCheckIn(attendance: Attendance, reason: string): Change {
  return { type: 'void', facts: attendance.facts.map((fact) => fact.id), reason }
}

/** How a fact came about; the way of a newer version is shown as the team's. */
export function methodOf({ fields }: Pick<Fact, 'fields'>): AttendanceMethod {
  const method = textOf(fields, 'm')
  return attendanceMethods.find((known) => known === method) ?? 'facilitator'
}

/** The code of the wall that came with a fact. */
export function wallCodeOf({ fields }: Pick<Fact, 'fields'>): WallCode | undefined {
  const [code, at] = [textOf(fields, 'code'), numberOf(fields, 'codeAt')]
  return code && at !== undefined ? { code, at } : undefined
}

function firstText(facts: Fact[], field: string): string {
  for (const { fields } of facts) {
    const text = textOf(fields, field)
    if (text) return text
  }
  return ''
}

/** By session, then by canonical person. */
export type AttendanceBySession = ReadonlyMap<string, ReadonlyMap<string, Attendance>>

/** The attendance of every session, of `only` these canonical persons or of all. */
export function readAttendance(space: Space, only?: ReadonlySet<string>): AttendanceBySession {
  const canonical = canonicalIds(space)
  const factsByPlace = new Map<string, Map<string, Fact[]>>()
  for (const fact of standingFacts(space, 'attendance')) {
    const session = textOf(fact.fields, 's')
    const written = textOf(fact.fields, 'p')
    if (!session || !written) continue
    const person = canonical.get(written) ?? written
    if (only && !only.has(person)) continue
    const people = factsByPlace.get(session) ?? new Map<string, Fact[]>()
    factsByPlace.set(session, people)
    const facts = people.get(person)
    if (facts) facts.push(fact)
    else people.set(person, [fact])
  }
  const sessions = new Map<string, Map<string, Attendance>>()
  for (const [session, people] of factsByPlace) {
    const attendances = new Map<string, Attendance>()
    for (const [person, facts] of people) attendances.set(person, toAttendance(person, session, facts))
    sessions.set(session, attendances)
  }
  return sessions
}

/**
 * The attendance after these facts came or were withdrawn: only their people are read again, and a session that none of
 * them is in stays the same object: with 20,000 facts a check-in costs one millisecond instead of thirty.
 */
export function updateAttendance(
  held: AttendanceBySession,
  space: Space,
  facts: Iterable<string>,
): AttendanceBySession {
  const canonical = canonicalIds(space)
  const people = new Set<string>()
  for (const id of facts) {
    const written = textOf(space.facts.get('attendance')?.get(id)?.fields ?? {}, 'p')
    if (written) people.add(canonical.get(written) ?? written)
  }
  const fresh = readAttendance(space, people)
  const sessions = new Map(held)
  for (const session of new Set([...held.keys(), ...fresh.keys()])) {
    const attendances = new Map(held.get(session))
    let changed = false
    for (const person of people) {
      const attendance = fresh.get(session)?.get(person)
      if (attendance) attendances.set(person, attendance)
      if (attendance || attendances.delete(person)) changed = true
    }
    if (changed) sessions.set(session, attendances)
  }
  return sessions
}

function toAttendance(person: string, session: string, facts: Fact[]): Attendance {
  if (facts.length > 1) facts.sort((a, b) => compareStamps(a.stamp, b.stamp))
  const [first] = facts
  return {
    person,
    session,
    arrivedAt: first?.stamp.at ?? 0,
    method: first ? methodOf(first) : 'facilitator',
    ink: firstText(facts, 'ink'),
    unsignedReason: firstText(facts, 'unsigned'),
    represents: firstText(facts, 'represents'),
    lateReason: firstText(facts, 'late'),
    facts,
  }
}
