import type { Attendance } from './attendance.ts'
import type { Person } from './person.ts'

/** Who came to a session. `present` counts everybody; `represented` and `walkIns` are among them. */
export type Presence = {
  invited: number
  present: number
  invitedPresent: number
  represented: number
  walkIns: number
}

/** What is counted of a session: attendance of persons that were deleted does not count. */
export type Attended = ReadonlyMap<string, Attendance> | undefined
type People = ReadonlyMap<string, Person>

/** How many of a list were at a session, and how many of them were invited, sent for somebody or came unasked. */
export function countPresence(people: People, attended: Attended): Presence {
  const presence = { invited: 0, present: 0, invitedPresent: 0, represented: 0, walkIns: 0 }
  for (const person of people.values()) {
    if (person.invited) presence.invited++
    const attendance = attended?.get(person.id)
    if (!attendance) continue
    presence.present++
    if (person.invited) presence.invitedPresent++
    else presence.walkIns++
    if (attendance.represents) presence.represented++
  }
  return presence
}

/** Persons of one institution: how many there are, how many came. `''` holds those without one. */
export type InstitutionCount = { institution: string; people: number; present: number }

/** Largest first, then by name. */
export function countInstitutions(people: People, attended: Attended): InstitutionCount[] {
  const counts = new Map<string, InstitutionCount>()
  for (const { id, institution } of people.values()) {
    const count = counts.get(institution) ?? { institution, people: 0, present: 0 }
    counts.set(institution, count)
    count.people++
    if (attended?.has(id)) count.present++
  }
  return [...counts.values()].sort((a, b) => b.people - a.people || (a.institution < b.institution ? -1 : 1))
}

/** Arrivals from `from` (epoch ms) on, until the next bucket begins. */
export type ArrivalBucket = { from: number; count: number }

const minuteMs = 60_000
const bucketMinutes = [5, 10, 15, 30, 60, 120, 240, 1440] as const

/**
 * Arrivals over time in at most `most` buckets of a round length, empty ones between included. All of Indonesia's zones
 * are whole hours from UTC, so buckets begin at round wall times; only those of a whole day begin at midnight UTC.
 */
export function countArrivals(people: People, attended: Attended, most = 24): ArrivalBucket[] {
  const arrivals: number[] = []
  for (const [person, { arrivedAt }] of attended ?? []) if (people.has(person)) arrivals.push(arrivedAt)
  if (arrivals.length === 0) return []
  const first = arrivals.reduce((a, b) => Math.min(a, b))
  const last = arrivals.reduce((a, b) => Math.max(a, b))
  const fits = (minutes: number) =>
    Math.floor(last / (minutes * minuteMs)) - Math.floor(first / (minutes * minuteMs)) < most
  const lengthMs = (bucketMinutes.find(fits) ?? Math.ceil((last - first) / minuteMs / (most - 1))) * minuteMs
  const start = Math.floor(first / lengthMs)
  const buckets = Array.from({ length: Math.floor(last / lengthMs) - start + 1 }, (_, i) => ({
    from: (start + i) * lengthMs,
    count: 0,
  }))
  for (const at of arrivals) {
    const bucket = buckets[Math.floor(at / lengthMs) - start]
    if (bucket) bucket.count++
  }
  return buckets
}
