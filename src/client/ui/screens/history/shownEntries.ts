import type { TFunction } from 'i18next'
import type { HistoryEntry } from '../../../../core/history.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { entryWords } from '../../parts/historyWords.ts'

/** What the filter of kinds offers; everything else is `other`. */
export const historyKinds = ['attendance', 'person', 'event', 'form', 'void', 'other'] as const
export type HistoryKind = (typeof historyKinds)[number]

/** An entry as the list shows it: its words, who did it, and by which kinds, persons and text (`sought`) it is found. */
export type Shown = {
  entry: HistoryEntry
  words: string
  who: string
  kinds: ReadonlySet<HistoryKind>
  persons: ReadonlySet<string>
  sought: string
}

const groups = new Map<string, HistoryKind>([
  ['attendance', 'attendance'],
  ['person', 'person'],
  ['same', 'person'],
  ['event', 'event'],
  ['session', 'event'],
  ['form', 'form'],
  ['formVersion', 'form'],
  ['response', 'form'],
])
const groupOf = ({ kind }: { kind: string }): HistoryKind => groups.get(kind) ?? 'other'

/** All that an action did: a walk-in is a person and an attendance, and an undone check-in is one of each too. */
function kindsOf({ lines }: HistoryEntry): Set<HistoryKind> {
  const found = lines.flatMap((line): HistoryKind[] => {
    if (line.type === 'unknown') return ['other']
    return line.type === 'void' ? ['void', ...line.facts.map(groupOf)] : [groupOf(line)]
  })
  return new Set(found)
}

/** Whose each pass is: what is done with it later does not say so. */
function ownersOfPasses(entries: HistoryEntry[]): Map<string, unknown> {
  const fields = entries.flatMap(({ lines }) => lines.filter((line) => line.type === 'field'))
  return new Map(
    fields.filter(({ kind, field }) => kind === 'pass' && field === 'p').map(({ id, after }) => [id, after]),
  )
}

function personsOf({ lines }: HistoryEntry, passes: Map<string, unknown>): Set<string> {
  const facts = lines.flatMap((line) => (line.type === 'void' ? line.facts : line.type === 'fact' ? [line] : []))
  /** A merge names two persons, `a` and `b`; any other fact at most one. */
  const named = facts.flatMap(({ fields }) => [fields.p, fields.a, fields.b])
  const set = lines.flatMap((line) => {
    if (line.type !== 'field') return []
    return line.kind === 'person' ? line.id : line.kind === 'pass' ? passes.get(line.id) : []
  })
  return new Set([...named, ...set].filter((id) => typeof id === 'string'))
}

/** All that an action wrote and whom it was about, in small letters: its words name only the first of many. */
function soughtIn(space: OpenSpace, { lines }: HistoryEntry, persons: Set<string>, words: string[]): string {
  const written = lines.flatMap((line) => {
    if (line.type === 'field') return [line.before, line.after]
    return line.type === 'void' ? [line.reason] : []
  })
  const names = [...persons].map((id) => findPerson(space, id)?.name)
  return [...words, ...written, ...names]
    .filter((part) => typeof part === 'string')
    .join('\n')
    .toLowerCase()
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
  const passes = ownersOfPasses(entries)
  return entries.map((entry) => {
    const told = entryWords(words.ofLines, space, entry)
    const who = names.get(entry.dev) ?? ''
    const persons = personsOf(entry, passes)
    return {
      entry,
      words: told,
      who,
      kinds: kindsOf(entry),
      persons,
      sought: soughtIn(space, entry, persons, [told, who]),
    }
  })
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
  const isBy = ({ entry }: Shown, sought: string) => entry.dev === sought || entry.again.includes(sought)
  return shown.filter(
    (one) =>
      (!kind || [...one.kinds].some((has) => has === kind)) &&
      (!dev || isBy(one, dev)) &&
      (!person || [...person].some((id) => one.persons.has(id))) &&
      one.sought.includes(sought),
  )
}
