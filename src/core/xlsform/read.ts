import { type Choice, newQuestion, type Question, type QuestionType, type Words } from '../form/question.ts'
import type { Table } from '../import/table.ts'
import { readBounds, readRelevant } from './expression.ts'
import { cellOf, languageOf, readSheet, type SheetRow, wordsOf } from './sheet.ts'

const xlsformProblems = [
  'noSurvey',
  'type',
  'relevant',
  'constraint',
  'list',
  'other',
  'required',
  'repeat',
  'column',
  'language',
] as const
/** What was left out, and where: `row` of the worksheet `survey`, 0 for the file as a whole. */
export type XlsformProblem = { kind: (typeof xlsformProblems)[number]; row: number; what: string }

export type ImportedForm = { title: Words; questions: Question[]; problems: XlsformProblem[] }

/** Types that a form has beside its questions and that nobody misses here. */
const silentTypes = /^(start|end|today|deviceid|username|phonenumber|email|audit|end[ _]group)$/
/** Columns of the convention that would change what is asked or shown, pictures and sounds among them. */
const telling =
  /^(calculation|choice_filter|default|trigger|repeat_count|read_?only|parameters|media::.*|(big-)?image|audio|video)(::.*)?$/i

type Reading = { lists: Map<string, Choice[]>; own: keyof Words; problems: XlsformProblem[] }

function readLists(rows: SheetRow[], own: keyof Words): Map<string, Choice[]> {
  const lists = new Map<string, Choice[]>()
  for (const row of rows) {
    const list = cellOf(row, 'list_name') || cellOf(row, 'list name')
    const name = cellOf(row, 'name') || cellOf(row, 'value')
    if (!list || !name) continue
    const label = wordsOf(row, 'label', own)
    const choices = lists.get(list) ?? []
    lists.set(list, choices)
    choices.push({ name, label: label.id || label.en ? label : { id: name, en: name } })
  }
  return lists
}

const isYes = (text: string) => /^(yes|true|true\(\)|1)$/i.test(text)
const isNo = (text: string) => /^(|no|false|false\(\)|0)$/i.test(text)

/** 4 or 5 when the choices are just the ratings from 1 on. */
function scaleOf(choices: Choice[]): 4 | 5 | undefined {
  const isScale = choices.every(({ name }, at) => name === String(at + 1))
  return isScale && (choices.length === 4 || choices.length === 5) ? choices.length : undefined
}

/** What the ends of a scale mean, without the number that an export wrote before it. */
function endOf(choice: Choice | undefined): Words {
  const strip = (text: string) => text.replace(/^\d+\s*([–-]\s*)?/, '')
  return { id: strip(choice?.label.id ?? ''), en: strip(choice?.label.en ?? '') }
}

function scaled(question: Question, choices: Choice[], scale: 4 | 5): Question {
  return { ...question, scale, low: endOf(choices[0]), high: endOf(choices.at(-1)) }
}

const plainTypes: Record<string, QuestionType> = {
  note: 'section',
  text: 'short',
  string: 'short',
  integer: 'number',
  int: 'number',
  decimal: 'number',
  date: 'date',
}
const choiceTypes: Record<string, QuestionType> = { select_one: 'single', select_multiple: 'multiple', rank: 'ranking' }

/** The question of a row without what depends on other columns, or `undefined` for a type that is not supported. */
function readType(row: SheetRow, { lists, problems }: Reading): Question | undefined {
  const [type = '', list = '', ...added] = cellOf(row, 'type')
    .replace(/^select all that apply from /i, 'select_multiple ')
    .replace(/^select one from /i, 'select_one ')
    .replace(/^(select) (one|multiple)/i, '$1_$2')
    .replace(/ or specify other$/i, ' or_other')
    .split(/\s+/)
  const name = cellOf(row, 'name')
  const plain = plainTypes[type.toLowerCase()]
  if (plain) return newQuestion(name, plain === 'short' && /multiline/.test(cellOf(row, 'appearance')) ? 'long' : plain)
  const chosen = choiceTypes[type.toLowerCase()]
  if (chosen) {
    const choices = lists.get(list)
    if (!choices) {
      problems.push({ kind: 'list', row: row.number, what: list })
      return undefined
    }
    if (added.includes('or_other')) problems.push({ kind: 'other', row: row.number, what: 'or_other' })
    const scale = chosen === 'single' ? scaleOf(choices) : undefined
    if (scale) return scaled(newQuestion(name, 'likert'), choices, scale)
    return { ...newQuestion(name, chosen), choices }
  }
  if (!silentTypes.test(type.toLowerCase())) {
    const kind = /^(begin|end)[ _]repeat$/i.test(`${type} ${list}`.trim().replace(' ', '_')) ? 'repeat' : 'type'
    problems.push({ kind, row: row.number, what: cellOf(row, 'type') })
  }
  return undefined
}

function readQuestion(row: SheetRow, reading: Reading): Question | undefined {
  const question = readType(row, reading)
  if (!question) return undefined
  const { own, problems } = reading
  const relevant = cellOf(row, 'relevant')
  const shownIf = relevant ? readRelevant(relevant) : undefined
  if (relevant && !shownIf) problems.push({ kind: 'relevant', row: row.number, what: relevant })
  const constraint = cellOf(row, 'constraint')
  const bounds = constraint && question.type === 'number' ? readBounds(constraint) : undefined
  if (constraint && !bounds) problems.push({ kind: 'constraint', row: row.number, what: constraint })
  const required = cellOf(row, 'required')
  if (!isYes(required) && !isNo(required)) problems.push({ kind: 'required', row: row.number, what: required })
  for (const [column, value] of row.cells)
    if (value && telling.test(column)) problems.push({ kind: 'column', row: row.number, what: column })
  return {
    ...question,
    label: wordsOf(row, 'label', own),
    hint: wordsOf(row, 'hint', own),
    required: isYes(required),
    shownIf,
    ...bounds,
    points: Number(cellOf(row, 'hadir_points')) || 0,
    right: cellOf(row, 'hadir_right').split(/\s+/).filter(Boolean),
  }
}

/** A `table-list` group whose questions share one scale is a matrix; `undefined` for any other group. */
function readMatrix(group: SheetRow, members: Question[], own: keyof Words): Question | undefined {
  const [first] = members
  if (!/table-list/.test(cellOf(group, 'appearance')) || !first) return undefined
  if (!members.every(({ type, scale, shownIf }) => type === 'likert' && scale === first.scale && !shownIf))
    return undefined
  return {
    ...newQuestion(cellOf(group, 'name'), 'matrix'),
    label: wordsOf(group, 'label', own),
    required: members.every(({ required }) => required),
    rows: members.map(({ name, label }) => ({ name, label })),
    scale: first.scale,
    low: first.low,
    high: first.high,
  }
}

function readGroup(group: SheetRow, members: Question[], { own, problems }: Reading): Question[] {
  const relevant = cellOf(group, 'relevant')
  const shownIf = relevant ? readRelevant(relevant) : undefined
  if (relevant && (!shownIf || members.some((member) => member.shownIf)))
    problems.push({ kind: 'relevant', row: group.number, what: relevant })
  const matrix = readMatrix(group, members, own)
  if (matrix) return [{ ...matrix, shownIf }]
  const label = wordsOf(group, 'label', own)
  const heading = label.id || label.en ? [{ ...newQuestion(cellOf(group, 'name'), 'section'), label }] : []
  return [...heading, ...members].map((member) => ({ ...member, shownIf: member.shownIf ?? shownIf }))
}

const beginsGroup = (row: SheetRow) => /^begin[ _]group$/i.test(cellOf(row, 'type'))
const endsGroup = (row: SheetRow) => /^end[ _]group$/i.test(cellOf(row, 'type'))

/**
 * A form in the XLSForm convention of ODK and KoboToolbox, from the worksheets of its file. What this version does not
 * support is left out and named, row by row; the subset is documented in docs/xlsform.md.
 */
export function readXlsform(tables: readonly Table[]): ImportedForm {
  const problems: XlsformProblem[] = []
  const survey = readSheet(tables, 'survey')
  const settings = readSheet(tables, 'settings')?.[0]
  const own = /english|\(en\)|^en$/i.test(settings ? cellOf(settings, 'default_language') : '') ? 'en' : 'id'
  const name = settings ? cellOf(settings, 'form_title') : ''
  const title: Words = { id: '', en: '', [own]: name }
  if (!survey) return { title, questions: [], problems: [{ kind: 'noSurvey', row: 0, what: 'survey' }] }
  const reading: Reading = { lists: readLists(readSheet(tables, 'choices') ?? [], own), own, problems }
  for (const column of survey[0]?.cells.keys() ?? [])
    if (/^label::/i.test(column) && !languageOf(column))
      problems.push({ kind: 'language', row: 0, what: column.slice(column.indexOf('::') + 2) })

  const open: { group: SheetRow; members: Question[] }[] = []
  const questions: Question[] = []
  for (const row of survey) {
    const place = () => open.at(-1)?.members ?? questions
    if (beginsGroup(row)) open.push({ group: row, members: [] })
    else if (endsGroup(row)) {
      const ended = open.pop()
      if (ended) place().push(...readGroup(ended.group, ended.members, reading))
    } else {
      const question = readQuestion(row, reading)
      if (question) place().push(question)
    }
  }
  for (const { members } of open) questions.push(...members)
  return { title, questions, problems }
}
