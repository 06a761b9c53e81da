import type { TFunction } from 'i18next'
import type { HistoryEntry, HistoryLine } from '../../../core/history.ts'
import type { Value } from '../../../core/op.ts'
import { dayAt, formatTime } from '../../../core/time.ts'
import { findForm, versionsOf } from '../../state/forms.ts'
import { titleOfMaterial } from '../../state/materials.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { findPerson } from '../../state/people.ts'

/** A word of the list, or the data's own when this version has none for it. */
function wordOr(t: TFunction, key: string, other: string): string {
  const word = t(key)
  return word === key ? other : word
}

/**
 * A value as people call it: what is said in two languages in Indonesian, a question by what it asks, of all else that
 * has parts each part; one of a few marks by the word for it.
 */
function valueWords(t: TFunction, field: string, value: Value | undefined): string {
  if (value === undefined || value === null || value === '') return t('nothing')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (Array.isArray(value)) return value.map((one) => valueWords(t, field, one)).join(', ') || t('nothing')
  if (typeof value === 'object') {
    if (typeof value.id === 'string') return value.id
    const said = value.label && typeof value.label === 'object' ? [value.label] : Object.values(value)
    const parts = said.filter((part) => part !== '' && part !== null).map((part) => valueWords(t, field, part))
    return parts.join(' · ') || t('nothing')
  }
  if (field === 'roles') return wordOr(t, `role.${value}`, String(value))
  return ['numberKind', 'sex'].includes(field) ? wordOr(t, `value.${value}`, String(value)) : String(value)
}

/** The list has its words as they stand within a sentence; a line begins with a capital. */
const asLine = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

type Lines = HistoryEntry['lines']
const isNoField = ({ type }: HistoryLine) => type !== 'field'
type FieldLine = Extract<HistoryLine, { type: 'field' }>

/** What a record or a fact is about, as the event calls it, or as the action itself does: a walk-in is not known yet. */
function subjectOf(space: OpenSpace, kind: string, id: string, lines: Lines): string {
  const own = lines.find(
    (line) => line.type === 'field' && line.kind === kind && line.id === id && line.field === 'name',
  )
  const given = own?.type === 'field' && typeof own.after === 'string' ? own.after : ''
  if (kind === 'person') return findPerson(space, id)?.name ?? given
  if (kind === 'material') return titleOfMaterial(space, id)
  if (kind === 'form') return findForm(space, id)?.title.id ?? ''
  if (kind === 'formVersion') return String(versionsOf(space).get(id)?.number ?? '')
  if (kind === 'session') return space.sessions.value.find((session) => session.id === id)?.title ?? ''
  return ''
}

/** Fields that hold the id of another record, and of which kind; and times, epoch ms. */
const idFields: Record<string, string> = {
  ...{ session: 'session', speaker: 'person', p: 'person' },
  ...{ form: 'form', fromForm: 'form', pairedWith: 'form', version: 'formVersion' },
}
const timeFields = ['opensAt', 'closesAt', 'addedAt', 'expires']

/** An id by the name of what it names, a time by the event's clock; of all else nothing. */
function namedValue(space: OpenSpace, field: string, value: Value | undefined, lines: Lines): string {
  if (typeof value === 'string') return subjectOf(space, idFields[field] ?? '', value, lines)
  const zone = space.event.value?.zone
  if (typeof value !== 'number' || !zone || !timeFields.includes(field)) return ''
  return `${dayAt(value, zone)} ${formatTime(value, zone)}`
}

/** What each of two merged records is called, since together they have one name. */
function mergedNames(space: OpenSpace, ids: string[]): string[] {
  const records = [...space.merges.value.values()].flatMap((merge) => merge.records)
  return ids.map((id) => records.find((record) => record.id === id)?.name ?? findPerson(space, id)?.name ?? '')
}

type FactLine = { kind: string; fields: Record<string, Value> }
function factWords(t: TFunction, space: OpenSpace, { kind, fields }: FactLine, lines: Lines): string {
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '')
  const persons =
    kind === 'same' ? mergedNames(space, [text('a'), text('b')]) : [subjectOf(space, 'person', text('p'), lines)]
  const about = [...persons, subjectOf(space, 'session', text('s'), lines)].filter(Boolean)
  const how =
    kind === 'attendance'
      ? wordOr(t, `method.${text('m')}`, '')
      : kind === 'exported' && `${wordOr(t, `what.${text('what')}`, text('what'))}, ${text('format').toUpperCase()}`
  const late = kind === 'attendance' && text('late') && t('late', { reason: text('late') })
  return [wordOr(t, `kind.${kind}`, kind), ...about, how, late].filter(Boolean).join(' · ')
}

/** One of an action's lines in plain words; `t` of `historyWords`, here and below. */
export function lineWords(t: TFunction, space: OpenSpace, line: HistoryLine, lines: Lines): string {
  return asLine(plainWords(t, space, line, lines))
}

function plainWords(t: TFunction, space: OpenSpace, line: HistoryLine, lines: Lines): string {
  if (line.type === 'unknown') return t('unknown')
  if (line.type === 'fact') return factWords(t, space, line, lines)
  if (line.type === 'void') {
    const facts = line.facts.map((fact) => factWords(t, space, fact, lines)).join('; ')
    return t('void', { facts: facts || t('unknownFacts'), reason: line.reason || t('nothing') })
  }
  const { kind, id, field, before, after } = line
  const subject = [wordOr(t, `kind.${kind}`, kind), subjectOf(space, kind, id, lines)].filter(Boolean).join(' ')
  if (kind === 'material' && field === 'uploaded') return t('uploaded', { subject })
  if (kind === 'session' && field === 'closed') return t(after === true ? 'listClosed' : 'listReopened', { subject })
  const name = wordOr(t, `fieldOf.${kind}.${field}`, wordOr(t, `field.${field}`, field))
  const worded = (value: Value | undefined) => namedValue(space, field, value, lines) || valueWords(t, field, value)
  const now = worded(after)
  if (before === undefined) return t('set', { subject, field: name, after: now })
  return t('change', { subject, field: name, before: worded(before), after: now })
}

/** The records of an action that are of the first one's kind: one by its name, several by their number. */
function recordsWords(t: TFunction, space: OpenSpace, lines: FieldLine[], all: Lines): string {
  const ids = [...new Set(lines.map(({ id }) => id))]
  const [{ kind = '' } = {}] = lines
  if (ids.length > 1) {
    const count = ids.length
    const several = t(`several.${kind}`, { count, defaultValue: '' })
    return several || `${count} × ${wordOr(t, `kind.${kind}`, kind)}`
  }
  return [wordOr(t, `kind.${kind}`, kind), subjectOf(space, kind, ids[0] ?? '', all)].filter(Boolean).join(' ')
}

/** How many more facts and records an action holds; the person of whom a fact tells is no more, nor is who made it. */
function countBeside(first: HistoryLine, lines: Lines): number {
  const about = first.type === 'fact' ? first.fields.p : undefined
  const fields = lines
    .filter((line) => line.type === 'field')
    .filter(({ kind, id }) => id !== about && kind !== 'device')
  return new Set(fields.map(({ kind, id }) => `${kind} ${id}`)).size + lines.filter(isNoField).length - 1
}

/** Whoever changed more fields than this of a record changed the record: the first of them says nothing of it. */
const mostTold = 3

/**
 * What an action was, in one line: what was made or changed by its name or number, or the first thing and how many
 * more.
 */
export function entryWords(t: TFunction, space: OpenSpace, { lines }: Pick<HistoryEntry, 'lines'>): string {
  const fields = lines.filter((line) => line.type === 'field')
  const first = lines.find(isNoField)
  const ofKind = fields.filter(({ kind }) => kind === fields[0]?.kind)
  const made = ofKind.filter((line) => line.made)
  const madeIds = new Set(made.map(({ id }) => id))
  const changed = ofKind.filter(({ id }) => !madeIds.has(id))
  const isMany = new Set(changed.map(({ id }) => id)).size > 1 || changed.length > mostTold
  if (!first && (changed.length === 0 || made.length > 0 || isMany)) {
    const parts = [
      made.length > 0 && t('added', { subject: recordsWords(t, space, made, lines) }),
      changed.length > 0 && t('changed', { subject: recordsWords(t, space, changed, lines) }),
    ]
    return parts.filter(Boolean).join('; ')
  }
  const shown = first ?? fields[0]
  if (!shown) return t('unknown')
  const words = lineWords(t, space, shown, lines)
  const count = first ? countBeside(first, lines) : lines.length - 1
  return count > 0 ? t('more', { first: words, count }) : words
}
