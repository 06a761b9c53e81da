import { type Attendance, type AttendanceBySession, wallCodeOf } from './attendance.ts'
import type { EventRecord, SessionRecord } from './event.ts'
import { textOf } from './fields.ts'
import type { Fact } from './fold.ts'
import { type InkShape, inkShape, likeInks } from './inkLikeness.ts'
import { judgeCode } from './rotatingCode.ts'
import { instantOf, isDay, isWallTime } from './time.ts'

/** Why somebody of the team should have a look; nothing is refused or hidden by it (domain.md 1.3: show, do not accuse). */
export const hintKinds = [
  'sharedDevice',
  'sameInk',
  'offHours',
  'wrongCode',
  'lateCode',
  'noCode',
  'clockOff',
  'passTwice',
] as const
export type HintKind = (typeof hintKinds)[number]

export type Hint = {
  kind: HintKind
  /** What it is about; the same on every device, so that "reviewed" holds for what was seen and not for what comes later. */
  id: string
  person: string
  session: string
  /** Who else signed with the same device or ink. */
  others: string[]
  /** When, epoch ms: of the attendance, or of the pass's first use. */
  at: number
  /** How far the device's clock was off, ms. */
  offMs: number
}

const earlyMs = 2 * 3_600_000
const lateMs = 3_600_000
const dayMs = 24 * 3_600_000
const clockOffMs = 5 * 60_000
/** Two scanners that see one pass within a minute are two hands at one door. */
const sameUseMs = 60_000

export type HintInput = {
  event: Pick<EventRecord, 'zone' | 'salt'>
  sessions: readonly SessionRecord[]
  attendance: AttendanceBySession
  /** Whether attendees were asked for the code of the wall. */
  wallCode: boolean
}

const isOwn = ({ fields }: Fact) => textOf(fields, 'm') === 'own'

/** When a session may be signed: from two hours before to an hour after, or to the end of its day. */
function openHours({ day, start, end }: SessionRecord, zone: EventRecord['zone']): [number, number] | undefined {
  if (!isDay(day) || !isWallTime(start)) return undefined
  const from = instantOf(day, start, zone)
  const to = isWallTime(end) ? instantOf(day, end, zone) : instantOf(day, '00:00', zone) + dayMs
  return [from - earlyMs, (to < from ? to + dayMs : to) + lateMs]
}

/** What never changes about a fact is worked out once: shapes of ink cost most of the time. */
const shapes = new WeakMap<Fact, { shape: InkShape | undefined }>()
function shapeOf(fact: Fact, ink: string): InkShape | undefined {
  const held = shapes.get(fact) ?? { shape: inkShape(ink) }
  shapes.set(fact, held)
  return held.shape
}
const verdicts = new WeakMap<Fact, ReturnType<typeof judgeCode>>()
function verdictOf(fact: Fact, salt: string): ReturnType<typeof judgeCode> {
  const held = verdicts.get(fact) ?? judgeCode(salt, wallCodeOf(fact), fact.stamp.at)
  verdicts.set(fact, held)
  return held
}

/** Every reason to look, by person. Who was also seen by the team at a session has nothing to explain about that one. */
export function readHints(input: HintInput): Map<string, Hint[]> {
  const hints = new Map<string, Hint[]>()
  const add = (kind: HintKind, about: string, { person, session, arrivedAt }: Attendance, more: Partial<Hint> = {}) => {
    const hint = { kind, id: `${kind} ${about}`, person, session, others: [], at: arrivedAt, offMs: 0, ...more }
    const held = hints.get(person)
    if (held) held.push(hint)
    else hints.set(person, [hint])
  }
  const hours = new Map(input.sessions.map((session) => [session.id, openHours(session, input.event.zone)]))
  const alone: { attendance: Attendance; fact: Fact }[] = []
  const inks: { person: string; ink: string; shape: InkShape | undefined }[] = []
  const withInk = new Map<string, Attendance>()
  for (const attendances of input.attendance.values())
    for (const attendance of attendances.values()) {
      const [first] = attendance.facts
      if (!first) continue
      addPassTwice(attendance, add)
      if (attendance.facts.every(isOwn)) alone.push({ attendance, fact: first })
      if (!attendance.ink) continue
      const signed = attendance.facts.find(({ fields }) => textOf(fields, 'ink') === attendance.ink) ?? first
      inks.push({ person: attendance.person, ink: attendance.ink, shape: shapeOf(signed, attendance.ink) })
      withInk.set(attendance.person, attendance)
    }

  const peopleByDevice = new Map<string, Map<string, Attendance>>()
  for (const { attendance, fact } of alone) {
    const people = peopleByDevice.get(fact.stamp.dev) ?? new Map<string, Attendance>()
    peopleByDevice.set(fact.stamp.dev, people.set(attendance.person, attendance))
    const open = hours.get(attendance.session)
    if (open && (fact.stamp.at < open[0] || fact.stamp.at > open[1])) add('offHours', fact.id, attendance)
    const offMs = fact.wall - fact.stamp.at
    if (Math.abs(offMs) > clockOffMs) add('clockOff', fact.id, attendance, { offMs })
    const verdict = input.wallCode ? verdictOf(fact, input.event.salt) : 'right'
    if (verdict === 'wrong') add('wrongCode', fact.id, attendance)
    if (verdict === 'late') add('lateCode', fact.id, attendance)
    if (verdict === 'missing') add('noCode', fact.id, attendance)
  }
  for (const [dev, people] of peopleByDevice) {
    if (people.size < 2) continue
    const ids = [...people.keys()].sort()
    for (const [person, attendance] of people)
      add('sharedDevice', `${dev} ${ids.length}`, attendance, { others: ids.filter((id) => id !== person) })
  }
  for (const [person, others] of likeInks(inks)) {
    const attendance = withInk.get(person)
    if (attendance) add('sameInk', [...others].sort().join(' '), attendance, { others: [...others].sort() })
  }
  return hints
}

function addPassTwice(
  attendance: Attendance,
  add: (kind: HintKind, about: string, attendance: Attendance, more?: Partial<Hint>) => void,
): void {
  const [first, ...later] = attendance.facts.filter(({ fields }) => textOf(fields, 'm') === 'scan')
  const again = first && later.find(({ stamp }) => stamp.at - first.stamp.at > sameUseMs)
  if (again) add('passTwice', again.id, attendance, { at: again.stamp.at })
}
