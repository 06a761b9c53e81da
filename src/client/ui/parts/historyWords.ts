import type { TFunction } from 'i18next'
import type { HistoryEntry, HistoryLine } from '../../../core/history.ts'
import type { Value } from '../../../core/op.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { findPerson } from '../../state/people.ts'

/** A word of the list, or the data's own when this version has none for it. */
function wordOr(t: TFunction, key: string, other: string): string {
  const word = t(key)
  return word === key ? other : word
}

function valueWords(t: TFunction, value: Value | undefined): string {
  if (value === undefined || value === null || value === '') return t('history.nothing')
  if (typeof value === 'boolean') return t(value ? 'history.yes' : 'history.no')
  if (Array.isArray(value)) return value.map((one) => valueWords(t, one)).join(', ') || t('history.nothing')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type Lines = HistoryEntry['lines']

/** What a record or a fact is about, as the event calls it, or as the action itself does: a walk-in is not known yet. */
function subjectOf(space: OpenSpace, kind: string, id: string, lines: Lines): string {
  const own = lines.find(
    (line) => line.type === 'field' && line.kind === kind && line.id === id && line.field === 'name',
  )
  const given = own?.type === 'field' && typeof own.after === 'string' ? own.after : ''
  if (kind === 'person') return findPerson(space, id)?.name ?? given
  if (kind === 'session') return space.sessions.value.find((session) => session.id === id)?.title ?? ''
  return ''
}

type FactLine = { kind: string; fields: Record<string, Value> }
function factWords(t: TFunction, space: OpenSpace, { kind, fields }: FactLine, lines: Lines): string {
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '')
  const about = [subjectOf(space, 'person', text('p'), lines), subjectOf(space, 'session', text('s'), lines)].filter(
    Boolean,
  )
  const how =
    kind === 'attendance'
      ? wordOr(t, `history.method.${text('m')}`, '')
      : kind === 'exported' &&
        `${wordOr(t, `history.what.${text('what')}`, text('what'))}, ${text('format').toUpperCase()}`
  return [wordOr(t, `history.kind.${kind}`, kind), ...about, how].filter(Boolean).join(' · ')
}

/** One of an action's lines in plain words. */
export function lineWords(t: TFunction, space: OpenSpace, line: HistoryLine, lines: Lines): string {
  if (line.type === 'unknown') return t('history.unknown')
  if (line.type === 'fact') return factWords(t, space, line, lines)
  if (line.type === 'void') {
    const facts = line.facts.map((fact) => factWords(t, space, fact, lines)).join('; ')
    return t('history.void', { facts: facts || t('history.unknownFacts'), reason: line.reason || t('history.nothing') })
  }
  const { kind, id, field, before, after } = line
  const subject = [wordOr(t, `history.kind.${kind}`, kind), subjectOf(space, kind, id, lines)].filter(Boolean).join(' ')
  const name = wordOr(t, `history.field.${field}`, field)
  const now = valueWords(t, after)
  if (before === undefined) return t('history.set', { subject, field: name, after: now })
  return t('history.change', { subject, field: name, before: valueWords(t, before), after: now })
}

/** What an action was, in one line: a record that was made by its name, or the first thing of it and how many more. */
export function entryWords(t: TFunction, space: OpenSpace, { lines }: Pick<HistoryEntry, 'lines'>): string {
  const fact = lines.find((line) => line.type !== 'field') ?? lines[0]
  if (!fact) return t('history.unknown')
  const isNew = lines.every((line) => line.type === 'field' && line.before === undefined)
  if (isNew && fact.type === 'field') {
    const subject = [wordOr(t, `history.kind.${fact.kind}`, fact.kind), subjectOf(space, fact.kind, fact.id, lines)]
    return t('history.added', { subject: subject.filter(Boolean).join(' ') })
  }
  const first = lineWords(t, space, fact, lines)
  return lines.length > 1 ? t('history.more', { first, count: lines.length - 1 }) : first
}
