import type { TFunction } from 'i18next'
import type { HistoryEntry } from '../../../../core/history.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
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
  /** A merge names two persons, `a` and `b`; any other fact at most one. */
  const named = facts.flatMap(({ fields }) => [fields.p, fields.a, fields.b])
  const set = lines.map((line) => (line.type === 'field' && line.kind === 'person' ? line.id : undefined))
  return new Set([...named, ...set].filter((id) => typeof id === 'string'))
}

/** Whom each attendee's device signed in: its owner, or everybody who was handed it. */
function attendeesByDevice(entries: HistoryEntry[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { dev, lines } of entries)
    for (const line of lines) {
      if (line.type !== 'fact' || line.kind !== 'attendance' || line.fields.m !== 'own') continue
      if (typeof line.fields.p === 'string') found.set(dev, (found.get(dev) ?? new Set()).add(line.fields.p))
    }
  return found
}

/** Each device as people tell it from others: by its holder, by the one attendee it is of, or by a part of its id. */
function nameDevices({ t }: Words, space: OpenSpace, entries: HistoryEntry[]): Map<string, string> {
  const attendees = attendeesByDevice(entries)
  function nameOf(dev: string): string {
    const holder = space.devices.value.get(dev)?.holder
    const own = attendees.get(dev)
    if (holder !== undefined || !own) return holder ?? t('unknownDevice')
    const persons = new Set([...own].map((id) => findPerson(space, id)))
    const [person] = persons
    return persons.size === 1 && person?.name
      ? t('phoneOf', { name: person.name })
      : t('attendeeDevice', { code: dev.slice(0, 6) })
  }
  return new Map([...new Set(entries.map(({ dev }) => dev))].map((dev) => [dev, nameOf(dev)]))
}

/** The screen's words (`history`), and those of single actions (`historyWords`). */
type Words = { t: TFunction; ofLines: TFunction }

/** The entries as the list shows them, in their order. */
export function showEntries(words: Words, space: OpenSpace, entries: HistoryEntry[]): Shown[] {
  const names = nameDevices(words, space, entries)
  return entries.map((entry) => ({
    entry,
    words: entryWords(words.ofLines, space, entry),
    who: names.get(entry.dev) ?? '',
    kind: kindOf(entry),
    persons: personsOf(entry),
  }))
}

export type HistoryQuery = {
  kind?: string | undefined
  dev?: string | undefined
  person?: ReadonlySet<string> | undefined
  text: string
}

/** All ids under which somebody was written down: a merged person's history is that of each record. */
export function idsOf(space: OpenSpace, person: string): ReadonlySet<string> {
  for (const [root, { records }] of space.merges.value) {
    const ids = new Set([root, ...records.map(({ id }) => id)])
    if (ids.has(person)) return ids
  }
  return new Set([person])
}

export function filterEntries(shown: Shown[], { kind, dev, person, text }: HistoryQuery): Shown[] {
  const sought = text.trim().toLowerCase()
  return shown.filter(
    (one) =>
      (!kind || one.kind === kind) &&
      (!dev || one.entry.dev === dev) &&
      (!person || [...person].some((id) => one.persons.has(id))) &&
      (sought === '' || `${one.words} ${one.who}`.toLowerCase().includes(sought)),
  )
}
