import {
  type EventMode,
  type EventRecord,
  eventModes,
  type SessionRecord,
  type Signatory,
} from '../../../../core/event.ts'
import { flagOf, isFields, listOf, objectOf, oneOf, textOf } from '../../../../core/fields.ts'
import type { Fields, Value } from '../../../../core/op.ts'
import { isRole, type Role } from '../../../../core/role.ts'
import type { EventTemplate } from '../../../../core/templates.ts'
import type { Day, Zone } from '../../../../core/time.ts'
import type { EventVersion } from '../../../state/event.ts'

/** `key`: the session's id once it is saved. A removed one stays on the form, so that it can come back. */
export type SessionForm = { key: string; title: string; day: Day; start: string; end: string; removed: boolean }

/** What is typed on the form, as it is typed. */
export type EventForm = {
  title: string
  institution: string
  institutionWord: string
  venue: string
  city: string
  mode: EventMode
  zone: Zone
  /** The date as the invitation letter writes it; only compared, never kept. */
  letterDate: string
  letterhead: string[]
  left: Signatory
  right: Signatory
  roles: Role[]
  namesReaders: boolean
  sessions: SessionForm[]
}

/** The form as it opened and as it stands: an edit writes the difference only. */
export type EventDraft = { before: EventForm; after: EventForm }

const letterheadLines = 3
export const institutionWords = ['OPD', 'SKPD', 'Instansi'] as const
export const zoneNames = ['WIB', 'WITA', 'WIT'] as const satisfies readonly Zone[]
const unsigned: Signatory = { label: '', position: '', name: '', rank: '', nip: '' }

const newKey = 'new-'
export const newSessionKey = (number: number): string => `${newKey}${number}`
export const isNewSession = ({ key }: SessionForm): boolean => key.startsWith(newKey)

export function formOfTemplate(template: EventTemplate, today: Day, zone: Zone): EventForm {
  const { title, mode, roles, letterhead, signatories } = template
  return {
    title,
    institution: '',
    institutionWord: 'OPD',
    venue: '',
    city: '',
    mode,
    zone,
    letterDate: '',
    letterhead,
    ...signatories,
    roles,
    namesReaders: false,
    sessions: template.sessions.map((session, i) => ({
      ...session,
      key: newSessionKey(i),
      day: today,
      removed: false,
    })),
  }
}

export function formOfEvent(event: EventRecord, sessions: SessionRecord[]): EventForm {
  return {
    ...pickTexts(event),
    mode: event.mode,
    zone: event.zone,
    letterDate: '',
    letterhead: Array.from({ length: letterheadLines }, (_, i) => event.letterhead[i] ?? ''),
    left: event.signatories.left ?? unsigned,
    right: event.signatories.right ?? unsigned,
    roles: event.roles,
    namesReaders: event.namesReaders,
    sessions: sessions.map(({ id: key, deleted: removed, title, day, start, end }) => ({
      key,
      title,
      day,
      start,
      end,
      removed,
    })),
  }
}

function pickTexts({ title, institution, institutionWord, venue, city }: EventRecord | EventForm) {
  return { title, institution, institutionWord, venue, city }
}

/** What the form says, without stray blanks; the letter's date is not part of an event. */
export function toVersion(form: EventForm): EventVersion {
  const texts = pickTexts(form)
  const sessions = form.sessions.filter((session) => !(session.removed && isNewSession(session)))
  return {
    event: {
      title: texts.title.trim(),
      institution: texts.institution.trim(),
      institutionWord: texts.institutionWord.trim(),
      venue: texts.venue.trim(),
      city: texts.city.trim(),
      mode: form.mode,
      zone: form.zone,
      letterhead: form.letterhead.map((line) => line.trim()),
      signatories: { left: trimSignatory(form.left), right: trimSignatory(form.right) },
      roles: form.roles,
      namesReaders: form.namesReaders,
    },
    sessions: new Map(
      sessions.map(({ key, title, day, start, end, removed }) => [
        key,
        { title: title.trim(), day, start, end, deleted: removed },
      ]),
    ),
  }
}

function trimSignatory({ label, position, name, rank, nip }: Signatory): Signatory {
  return { label: label.trim(), position: position.trim(), name: name.trim(), rank: rank.trim(), nip: nip.trim() }
}

/** A draft as an older version may have kept it. */
export function parseDraft(stored: unknown): EventDraft | undefined {
  if (!isFields(stored)) return undefined
  const { before, after } = stored
  return isFields(before) && isFields(after) ? { before: readForm(before), after: readForm(after) } : undefined
}

function readForm(fields: Fields): EventForm {
  return {
    title: textOf(fields, 'title'),
    institution: textOf(fields, 'institution'),
    institutionWord: textOf(fields, 'institutionWord'),
    venue: textOf(fields, 'venue'),
    city: textOf(fields, 'city'),
    mode: oneOf(fields, 'mode', eventModes, 'luring'),
    zone: oneOf(fields, 'zone', zoneNames, 'WIB'),
    letterDate: textOf(fields, 'letterDate'),
    letterhead: listOf(fields.letterhead, (line) => (typeof line === 'string' ? line : undefined)),
    left: readSignatory(fields.left),
    right: readSignatory(fields.right),
    roles: listOf(fields.roles, (role) => (isRole(role) ? role : undefined)),
    namesReaders: flagOf(fields, 'namesReaders'),
    sessions: listOf(fields.sessions, readSession),
  }
}

function readSignatory(value: Value | undefined): Signatory {
  const fields = objectOf(value)
  return {
    label: textOf(fields, 'label'),
    position: textOf(fields, 'position'),
    name: textOf(fields, 'name'),
    rank: textOf(fields, 'rank'),
    nip: textOf(fields, 'nip'),
  }
}

function readSession(value: Value): SessionForm {
  const fields = objectOf(value)
  return {
    key: textOf(fields, 'key'),
    title: textOf(fields, 'title'),
    day: textOf(fields, 'day'),
    start: textOf(fields, 'start'),
    end: textOf(fields, 'end'),
    removed: flagOf(fields, 'removed'),
  }
}
