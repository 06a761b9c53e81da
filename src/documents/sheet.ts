import type { Attendance } from '../core/attendance.ts'
import type { EventRecord, SessionRecord, Signatory } from '../core/event.ts'
import { compareNames } from '../core/name.ts'
import { formatNip, maskNip } from '../core/nip.ts'
import type { Person } from '../core/person.ts'
import { formatPhone, maskPhone } from '../core/phone.ts'
import { institutionKey } from '../core/region.ts'
import { leadingRole, type Role, type RoleGroup, roleGroup, roleGroups, roleLabels, roles } from '../core/role.ts'
import { type Day, dayAt, formatDay, formatTime, type WallTime, type Zone } from '../core/time.ts'
import { type ConsentsInput, consentHeads, consentTexts } from './consents.ts'
import { lateLine, namesByGroup, type Totals, timeLine, titlesByGroup, words } from './words.ts'

export const papers = ['F4', 'A4'] as const
export type Paper = (typeof papers)[number]

export type SheetSort = 'arrival' | 'name' | 'institution' | 'protocol'

export type SheetOptions = {
  paper: Paper
  sort: SheetSort
  /** `everyone` also prints who has not come, with an empty cell to sign on paper. */
  people: 'present' | 'everyone'
  /** Only the sheets of this group of roles; of every group that has anyone when it is left out. */
  group?: RoleGroup | undefined
  /** Empty numbered rows at the end for people who sign on paper. */
  blankRows: number
  includePhone: boolean
  /** Changes of this event that only this device has; printed on every page while there are any. */
  unsentCount: number
  /** For sharing: NIP and phone are masked and signatures left out (domain.md section 6). */
  masked: boolean
}

/** `isLate`: recorded after the list was closed (core/closing.ts). */
export type SheetAttendance = Omit<Attendance, 'facts'> & { isLate: boolean }

/** Plain data that crosses to a worker; `attendances` are those of all the sessions asked for. */
export type SheetInput = {
  event: EventRecord
  sessions: SessionRecord[]
  people: Person[]
  attendances: SheetAttendance[]
  /** Left out of what is masked. */
  consents: ConsentsInput
  options: SheetOptions
}

export type SheetRow = {
  number: number
  name: string
  /** Spaced as it is printed, or masked; empty without one. */
  nip: string
  rank: string
  position: string
  institution: string
  sex: 'L' | 'P' | ''
  role: string
  phone: string
  /** The invited office that the person stands in for. */
  represents: string
  /** `09.05 WIB` in the event's zone, with the day when it is not the session's; empty for who has not come. */
  arrived: string
  /** The same as short as fits beside a signature: `22/11 09.05 WIB`. */
  stamp: string
  /** Packed strokes (core/ink.ts). */
  ink: string
  unsignedReason: string
  /** That the person came after the list was closed, whose hand says so, and why; empty for all others. */
  late: string
  /** One for each of the sheet's `consentHeads`. */
  consents: string[]
}

/** One printed list: of one session and one group of roles. */
export type Sheet = {
  /** Unique in its workbook, at most 31 characters. */
  name: string
  title: string
  eventTitle: string
  letterhead: string[]
  /** The block below the title: day, time, place, event. */
  facts: { label: string; value: string }[]
  institutionWord: string
  day: string
  /** `09.00 WIB`; empty without one. */
  start: string
  /** The session's title, which may be empty. */
  session: string
  group: string
  rows: SheetRow[]
  blankRows: number
  totals: Totals
  /** Whether more people may sign on paper: then the totals are written by hand, too. */
  isOpen: boolean
  /** `Serang, 9 Agustus 2023`. */
  dateLine: string
  signatories: { left: Signatory | undefined; right: Signatory | undefined }
  paper: Paper
  includePhone: boolean
  /** What was freely agreed to: of use in spreadsheets, and no part of a printed list. */
  consentHeads: string[]
  unsentCount: number
}

type Entry = { person: Person; attendance: SheetAttendance | undefined; role: Role }

const arrivalOf = ({ attendance }: Entry) => attendance?.arrivedAt ?? Number.POSITIVE_INFINITY
const byName = (a: Entry, b: Entry) => compareNames(a.person.name, b.person.name)
const institutionOf = ({ person }: Entry) => institutionKey(person.institution)
const collator = new Intl.Collator('id', { numeric: true })

const comparers: Record<SheetSort, (a: Entry, b: Entry) => number> = {
  arrival: (a, b) => (arrivalOf(a) === arrivalOf(b) ? byName(a, b) : arrivalOf(a) - arrivalOf(b)),
  name: byName,
  institution: (a, b) => collator.compare(institutionOf(a), institutionOf(b)) || byName(a, b),
  protocol: (a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || byName(a, b),
}

/** The sheets of an event: per session one for each group of roles that has anyone on it, or one empty list. */
export function buildSheets({ event, sessions, people, attendances, consents, options }: SheetInput): Sheet[] {
  const shown = options.masked ? { kinds: [], said: consents.said } : consents
  const names = new Set<string>()
  return sessions.flatMap((session) => {
    const present = new Map(attendances.filter((one) => one.session === session.id).map((one) => [one.person, one]))
    const entries = people
      .map((person): Entry => ({ person, attendance: present.get(person.id), role: leadingRole(person.roles) }))
      .filter(({ attendance }) => attendance || options.people === 'everyone')
      .sort(comparers[options.sort])
    const filled = roleGroups.filter((group) => entries.some(({ role }) => roleGroup(role) === group))
    const groups = options.group ? [options.group] : filled.length > 0 ? filled : roleGroups.slice(0, 1)
    return groups.map((group) => {
      const own = entries.filter(({ role }) => roleGroup(role) === group)
      return buildSheet(event, session, group, own, shown, options, uniqueName(names, session, group))
    })
  })
}

function buildSheet(
  event: EventRecord,
  session: SessionRecord,
  group: RoleGroup,
  entries: Entry[],
  consents: ConsentsInput,
  options: SheetOptions,
  name: string,
): Sheet {
  const present = entries.filter(({ attendance }) => attendance)
  const countSex = (sex: 'L' | 'P') => present.filter(({ person }) => person.sex === sex).length
  return {
    name,
    title: titlesByGroup[group],
    eventTitle: event.title,
    letterhead: event.letterhead,
    facts: headerFacts(event, session),
    institutionWord: event.institutionWord,
    day: session.day,
    start: session.start && wallText(session.start, event.zone),
    session: session.title,
    group: namesByGroup[group],
    rows: entries.map((entry, at) => ({
      ...toRow(entry, at + 1, session, event.zone, options.masked),
      consents: consentTexts(entry.person, consents),
    })),
    blankRows: options.blankRows,
    totals: {
      present: present.length,
      male: countSex('L'),
      female: countSex('P'),
      representing: present.filter(({ attendance }) => attendance?.represents).length,
      late: present.filter(({ attendance }) => attendance?.isLate).length,
    },
    isOpen: options.blankRows > 0 || present.length < entries.length,
    dateLine: [event.city, formatDay(session.day, { weekday: false })].filter(Boolean).join(', '),
    signatories: event.signatories,
    paper: options.paper,
    includePhone: options.includePhone,
    consentHeads: consentHeads(consents.kinds),
    unsentCount: options.unsentCount,
  }
}

const wallText = (time: WallTime, zone: Zone) => `${time.replace(':', '.')} ${zone}`

function headerFacts({ title, venue, zone }: EventRecord, session: SessionRecord) {
  const { title: sessionTitle, day, start, end, closed } = session
  const wall = (time: string) => wallText(time, zone)
  const facts = [
    { label: words.day, value: formatDay(day) },
    { label: words.time, value: start ? timeLine(wall(start), end && wall(end)) : '' },
    { label: words.place, value: venue },
    { label: words.event, value: title },
    { label: words.session, value: sessionTitle === title ? '' : sessionTitle },
    { label: words.closed, value: closed ? arrivalText(closed.at, day, zone, longDay) : '' },
  ]
  return facts.filter(({ value }) => value)
}

function toRow(
  entry: Entry,
  number: number,
  session: SessionRecord,
  zone: Zone,
  masked: boolean,
): Omit<SheetRow, 'consents'> {
  const { person, attendance, role } = entry
  return {
    number,
    name: person.name,
    nip: masked ? maskNip(person.nip) : formatNip(person.nip),
    rank: person.rank,
    position: person.position,
    institution: person.institution,
    sex: person.sex,
    role: roleLabels[role],
    phone: masked ? maskPhone(person.phone) : formatPhone(person.phone),
    represents: (attendance?.represents ?? '').replace(/^mewakili\s+/i, ''),
    arrived: attendance ? arrivalText(attendance.arrivedAt, session.day, zone, longDay) : '',
    stamp: attendance ? arrivalText(attendance.arrivedAt, session.day, zone, shortDay) : '',
    ink: masked ? '' : (attendance?.ink ?? ''),
    unsignedReason: attendance?.unsignedReason ?? '',
    late: attendance?.isLate ? lateLine(attendance.method, masked ? '' : attendance.lateReason) : '',
  }
}

const longDay = (day: Day) => `${formatDay(day, { weekday: false })}, `
const shortDay = (day: Day) => `${day.slice(8)}/${day.slice(5, 7)} `

function arrivalText(at: number, day: Day, zone: Zone, dayText: (day: Day) => string): string {
  const arrivedOn = dayAt(at, zone)
  return `${arrivedOn === day ? '' : dayText(arrivedOn)}${formatTime(at, zone)}`
}

/** A worksheet's name: the day and the group, without signs that spreadsheets forbid; a number where two are alike. */
function uniqueName(taken: Set<string>, { day, start }: SessionRecord, group: RoleGroup): string {
  const base = `${formatDay(day, { weekday: false })} ${start.replace(':', '.')} ${namesByGroup[group]}`
  const clean = base
    .replace(/[\\/?*[\]:]/g, ' ')
    .trim()
    .slice(0, 31)
  let name = clean
  for (let count = 2; taken.has(name); count++) name = `${clean.slice(0, 27)} (${count})`
  taken.add(name)
  return name
}

/** The rows of a sheet and the empty numbered ones after them. */
export function allRows({ rows, blankRows }: Sheet): SheetRow[] {
  return [...rows, ...Array.from({ length: blankRows }, (_, at) => emptyRow(rows.length + at + 1))]
}

function emptyRow(number: number): SheetRow {
  return {
    number,
    name: '',
    nip: '',
    rank: '',
    position: '',
    institution: '',
    sex: '',
    role: '',
    phone: '',
    represents: '',
    arrived: '',
    stamp: '',
    ink: '',
    unsignedReason: '',
    late: '',
    consents: [],
  }
}
