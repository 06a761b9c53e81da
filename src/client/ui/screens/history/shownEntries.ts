import type { TFunction } from 'i18next'
import type { HistoryEntry } from '../../../../core/history.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { entryWords } from '../../parts/historyWords.ts'

/** What the filter of kinds offers; everything else is `other`. */
export const historyKinds = ['attendance', 'person', 'event', 'form', 'void', 'other'] as const
export type HistoryKind = (typeof historyKinds)[number]

/** An entry as the list shows it: its words, who did it, and the kind by which it is filtered. */
export type Shown = { entry: HistoryEntry; words: string; who: string; kind: HistoryKind; persons: Set<string> }

const groups: Record<string, HistoryKind> = {
  attendance: 'attendance',
  person: 'person',
  same: 'person',
  event: 'event',
  session: 'event',
  form: 'form',
  formVersion: 'form',
  response: 'form',
}

function kindOf({ lines }: HistoryEntry): HistoryKind {
  const kinds = lines.map((line) => (line.type === 'unknown' ? 'other' : line.type === 'void' ? 'void' : line.kind))
  if (kinds.includes('void')) return 'void'
  const fact = lines.find((line) => line.type === 'fact')
  return groups[fact?.type === 'fact' ? fact.kind : (kinds[0] ?? '')] ?? 'other'
}

function personsOf({ lines }: HistoryEntry): Set<string> {
  const facts = lines.flatMap((line) => (line.type === 'void' ? line.facts : line.type === 'fact' ? [line] : []))
  const named = facts.map(({ fields }) => fields.p)
  const set = lines.map((line) => (line.type === 'field' && line.kind === 'person' ? line.id : undefined))
  return new Set([...named, ...set].filter((id) => typeof id === 'string'))
}

const isByAttendee = ({ lines }: HistoryEntry) =>
  lines.some((line) => line.type === 'fact' && line.kind === 'attendance' && line.fields.m === 'own')

/** The screen's words (`history`), and those of single actions (`historyWords`). */
type Words = { t: TFunction; ofLines: TFunction }

/** The name of whoever holds a device; attendees' devices have none, and are known by signing in for themselves. */
export function showEntries({ t, ofLines }: Words, space: OpenSpace, entries: HistoryEntry[]): Shown[] {
  const devices = space.devices.value
  const attendees = new Set(entries.filter(isByAttendee).map(({ dev }) => dev))
  const nameless = (dev: string) => t(attendees.has(dev) ? 'attendeeDevice' : 'unknownDevice')
  return entries.map((entry) => ({
    entry,
    words: entryWords(ofLines, space, entry),
    who: devices.get(entry.dev)?.holder ?? nameless(entry.dev),
    kind: kindOf(entry),
    persons: personsOf(entry),
  }))
}

export type HistoryQuery = {
  kind?: string | undefined
  dev?: string | undefined
  person?: string | undefined
  text: string
}

export function filterEntries(shown: Shown[], { kind, dev, person, text }: HistoryQuery): Shown[] {
  const sought = text.trim().toLowerCase()
  return shown.filter(
    (one) =>
      (!kind || one.kind === kind) &&
      (!dev || one.entry.dev === dev) &&
      (!person || one.persons.has(person)) &&
      (sought === '' || `${one.words} ${one.who}`.toLowerCase().includes(sought)),
  )
}
