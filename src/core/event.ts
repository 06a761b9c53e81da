import { type AttendanceBySession, readAttendance } from './attendance.ts'
import { flagOf, listOf, objectOf, oneOf, textOf } from './fields.ts'
import { type Entry, type Space, stampOf } from './fold.ts'
import type { Change, Fields, Value } from './op.ts'
import { isRole, type Role } from './role.ts'
import type { Stamp } from './stamp.ts'
import { type Day, type WallTime, type Zone, zones } from './time.ts'

export const eventModes = ['luring', 'daring', 'hibrida'] as const
export type EventMode = (typeof eventModes)[number]

/** Who signs a sheet; `label` is the line above ("Mengetahui,", "Ketua Panitia,"). */
export type Signatory = { label: string; position: string; name: string; rank: string; nip: string }

/** The event of a space; its record has the space's own id. */
export type EventRecord = {
  id: string
  title: string
  /** The organizing institution as it appears on notices. */
  institution: string
  /** OPD in Banten, SKPD in Kalimantan Selatan: the word on sheets and forms (domain.md 3.2). */
  institutionWord: string
  venue: string
  /** The town of the date line above the signature. */
  city: string
  mode: EventMode
  zone: Zone
  /** Lines of the kop surat: government, institution, then address. */
  letterhead: string[]
  /** Left ("Mengetahui") and right ("Ketua Panitia") of the sheet's foot; either may be missing. */
  signatories: { left: Signatory | undefined; right: Signatory | undefined }
  roles: Role[]
  /** Who opens and keeps materials is told by name; the attendees' notice says so. Else only how many. */
  namesReaders: boolean
  /** Key of derived ids (core/ids.ts); made once with the event. */
  salt: string
  deleted: boolean
}

export type SessionRecord = {
  id: string
  title: string
  day: Day
  start: WallTime
  /** Empty means "s.d. selesai". */
  end: WallTime | ''
  /** Removed by an organizer; such a session is shown for the attendance that it has, and takes no more. */
  deleted: boolean
  /** By whom and when its list was closed; absent while it is open (core/closing.ts). */
  closed?: Stamp
}

function readSignatory(value: Value | undefined): Signatory | undefined {
  const fields = objectOf(value)
  const signatory = {
    label: textOf(fields, 'label'),
    position: textOf(fields, 'position'),
    name: textOf(fields, 'name'),
    rank: textOf(fields, 'rank'),
    nip: textOf(fields, 'nip'),
  }
  return Object.values(signatory).some(Boolean) ? signatory : undefined
}

/** The record of a space's event and its id; should there be several, that of the smallest id, the same everywhere. */
export function eventEntry(space: Space): [id: string, entry: Entry] | undefined {
  return [...(space.records.get('event') ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))[0]
}

/** The event of a space, or `undefined` while none of its ops has arrived. */
export function readEvent(space: Space): EventRecord | undefined {
  const found = eventEntry(space)
  if (!found) return undefined
  const [id, { fields }] = found
  const signatories = objectOf(fields.signatories)
  return {
    id,
    title: textOf(fields, 'title'),
    institution: textOf(fields, 'institution'),
    institutionWord: textOf(fields, 'institutionWord') || 'Instansi',
    venue: textOf(fields, 'venue'),
    city: textOf(fields, 'city'),
    mode: oneOf(fields, 'mode', eventModes, 'luring'),
    zone: oneOf(fields, 'zone', Object.keys(zones) as Zone[], 'WIB'),
    letterhead: listOf(fields.letterhead, (line) => (typeof line === 'string' ? line : undefined)),
    signatories: { left: readSignatory(signatories.left), right: readSignatory(signatories.right) },
    roles: listOf(fields.roles, (role) => (isRole(role) ? role : undefined)),
    namesReaders: flagOf(fields, 'namesReaders'),
    salt: textOf(fields, 'salt'),
    deleted: flagOf(fields, 'deleted'),
  }
}

/**
 * The sessions of an event by day and start. A deleted one stays, marked, while anybody was seen at it: who recorded
 * attendance may not have known of the deletion, and what was recorded is never hidden.
 */
export function readSessions(space: Space, attendance: AttendanceBySession = readAttendance(space)): SessionRecord[] {
  const sessions: SessionRecord[] = []
  for (const [id, entry] of space.records.get('session') ?? []) {
    const { fields } = entry
    const deleted = flagOf(fields, 'deleted')
    if (deleted && !attendance.get(id)?.size) continue
    sessions.push({
      id,
      title: textOf(fields, 'title'),
      day: textOf(fields, 'day'),
      start: textOf(fields, 'start'),
      end: textOf(fields, 'end'),
      deleted,
      ...(flagOf(fields, 'closed') && { closed: stampOf(entry, 'closed') }),
    })
  }
  return sessions.sort((a, b) => (`${a.day} ${a.start} ${a.id}` < `${b.day} ${b.start} ${b.id}` ? -1 : 1))
}

/** Sets these fields of an event; the others stay as whoever wrote them last left them. */
export function setEvent(id: string, fields: Partial<Omit<EventRecord, 'id'>>): Change {
  return { type: 'set', kind: 'event', id, fields: toFields(fields) }
}

export function setSession(id: string, fields: Partial<Omit<SessionRecord, 'id' | 'closed'>>): Change {
  return { type: 'set', kind: 'session', id, fields: toFields(fields) }
}

/** A typed record's fields as values; an absent part becomes null, since JSON has no `undefined`. */
function toFields(record: object): Fields {
  return JSON.parse(JSON.stringify(record, (_, value) => (value === undefined ? null : value)))
}
