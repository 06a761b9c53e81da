import { type Attendance, wallCodeOf } from './attendance.ts'
import type { EventRecord, SessionRecord } from './event.ts'
import type { Fact } from './facts.ts'
import { textOf } from './fields.ts'
import { judgeCode } from './rotatingCode.ts'
import { clockOffMs, dayMs, hourMs, instantOf, isDay, isWallTime } from './time.ts'

/**
 * Why somebody of the team should have a look; nothing is refused or hidden by it (domain.md 1.3: show, do not accuse).
 */
const hintKinds = [
  'sharedDevice',
  'sameInk',
  'twoSessions',
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
  /**
   * What it is about; the same on every device, so that "reviewed" holds for what was seen and not for what comes
   * later.
   */
  id: string
  person: string
  session: string
  /** Some of those who signed with the same device or ink, and how many they are in all. */
  others: string[]
  count: number
  /** When, epoch ms: of the attendance, or of the pass's first use. */
  at: number
  /** How far the device's clock was off, ms. */
  offMs: number
}

const earlyMs = 2 * hourMs
const lateMs = hourMs
/** Two scanners that see one pass within a minute are two hands at one door. */
const sameUseMs = 60_000

/** A session's time, epoch ms. `open`: from two hours before to an hour after, or to the end of its day. */
type Hours = { start: number; end: number | undefined; open: [number, number] }

/** What attendance is held against. */
export type HintRules = {
  salt: string
  hours: ReadonlyMap<string, Hours>
  /** Whether attendees were asked for the code of the wall. */
  wallCode: boolean
}

/** What hints of an event go by: its salt, its sessions' hours, and whether the wall's code was asked for. */
export function hintRules(
  { zone, salt }: Pick<EventRecord, 'zone' | 'salt'>,
  sessions: readonly SessionRecord[],
  wallCode: boolean,
): HintRules {
  return { salt, wallCode, hours: new Map(sessions.flatMap((session) => hoursOf(session, zone))) }
}

function hoursOf({ id, day, start, end }: SessionRecord, zone: EventRecord['zone']): [string, Hours][] {
  if (!isDay(day) || !isWallTime(start)) return []
  const from = instantOf(day, start, zone)
  const said = isWallTime(end) ? instantOf(day, end, zone) : undefined
  const to = said !== undefined && said < from ? said + dayMs : said
  const last = to ?? instantOf(day, '00:00', zone) + dayMs
  return [[id, { start: from, end: to, open: [from - earlyMs, last + lateMs] }]]
}

/**
 * A hint about an attendance; `about` tells it from others of its kind, so that one that was reviewed does not come
 * back.
 */
export function newHint(kind: HintKind, about: string, attendance: Attendance, more: Partial<Hint> = {}): Hint {
  const { person, session, arrivedAt } = attendance
  return { kind, id: `${kind} ${about}`, person, session, others: [], count: 0, at: arrivedAt, offMs: 0, ...more }
}

/** The first fact of an attendance that nobody of the team has seen; who was seen has nothing to explain about it. */
export function aloneFact({ facts }: Attendance): Fact | undefined {
  return facts.every(({ fields }) => textOf(fields, 'm') === 'own') ? facts[0] : undefined
}

/** What never changes about a fact is worked out once: codes cost most of the time. */
const verdicts = new WeakMap<Fact, ReturnType<typeof judgeCode>>()
function verdictOf(fact: Fact, salt: string): ReturnType<typeof judgeCode> {
  const held = verdicts.get(fact) ?? judgeCode(salt, wallCodeOf(fact), fact.stamp.at)
  verdicts.set(fact, held)
  return held
}

/** What an attendance says by itself, whoever else came. */
export function ownHints(attendance: Attendance, { salt, hours, wallCode }: HintRules): Hint[] {
  const hints: Hint[] = []
  const fact = aloneFact(attendance)
  if (fact) {
    const open = hours.get(attendance.session)?.open
    if (open && (fact.stamp.at < open[0] || fact.stamp.at > open[1]))
      hints.push(newHint('offHours', fact.id, attendance))
    const offMs = fact.wall - fact.stamp.at
    if (Math.abs(offMs) > clockOffMs) hints.push(newHint('clockOff', fact.id, attendance, { offMs }))
    const verdict = wallCode ? verdictOf(fact, salt) : 'right'
    if (verdict !== 'right') hints.push(newHint(codeHints[verdict], fact.id, attendance))
  }
  const [first, ...later] = attendance.facts.filter(({ fields }) => textOf(fields, 'm') === 'scan')
  const again = first && later.find(({ stamp }) => stamp.at - first.stamp.at > sameUseMs)
  if (again) hints.push(newHint('passTwice', again.id, attendance, { at: again.stamp.at }))
  return hints
}

const codeHints = { wrong: 'wrongCode', late: 'lateCode', missing: 'noCode' } as const

/** One person at two sessions that are held at the same time, at one of them seen by nobody. */
export function twoSessionsHints(attendances: readonly Attendance[], { hours }: HintRules): Hint[] {
  return attendances.flatMap((attendance) => {
    const mine = hours.get(attendance.session)
    const other = attendances.find(({ session }) => session !== attendance.session && overlap(mine, hours.get(session)))
    return other && aloneFact(attendance) ? newHint('twoSessions', other.session, attendance) : []
  })
}

function overlap(a: Hours | undefined, b: Hours | undefined): boolean {
  if (a?.end === undefined || b?.end === undefined) return false
  return a.start < b.end && b.start < a.end
}
