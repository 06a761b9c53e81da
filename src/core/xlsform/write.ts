import type { Choice, Question, Words } from '../form/question.ts'
import type { Cell, Table } from '../import/table.ts'
import { writeBounds, writeRelevant } from './expression.ts'

const languages = [
  ['id', 'Bahasa Indonesia (id)'],
  ['en', 'English (en)'],
] as const

const inLanguages = (column: string) => languages.map(([, language]) => `${column}::${language}`)
const spoken = (words: Words): Cell[] => languages.map(([language]) => words[language] || null)

const surveyHead = [
  'type',
  'name',
  ...inLanguages('label'),
  ...inLanguages('hint'),
  'required',
  'relevant',
  'constraint',
  'appearance',
  'hadir_points',
  'hadir_right',
]

/** Ratings as choices: the ends say what they mean. */
function ratingChoices({ scale, low, high }: Question): Choice[] {
  return Array.from({ length: scale }, (_, at) => {
    const end = at === 0 ? low : at === scale - 1 ? high : undefined
    const said = (text: string | undefined) => (text ? `${at + 1} – ${text}` : String(at + 1))
    return { name: String(at + 1), label: { id: said(end?.id), en: said(end?.en) } }
  })
}

const typeNames = {
  section: 'note',
  short: 'text',
  long: 'text',
  number: 'decimal',
  date: 'date',
  single: 'select_one',
  multiple: 'select_multiple',
  ranking: 'rank',
  likert: 'select_one',
} as const

function surveyRow(type: string, question: Question, appearance: string | null): Cell[] {
  const { name, label, hint, required, shownIf, min, max, points, right } = question
  return [
    type,
    name,
    ...spoken(label),
    ...spoken(hint),
    required ? 'yes' : null,
    shownIf ? writeRelevant(shownIf) : null,
    writeBounds(min, max) || null,
    appearance,
    points || null,
    right.join(' ') || null,
  ]
}

function listOf(question: Question): { list: string; choices: Choice[] } | undefined {
  const { name, type, choices } = question
  if (type === 'likert' || type === 'matrix') return { list: `${name}_scale`, choices: ratingChoices(question) }
  return choices.length > 0 ? { list: `${name}_list`, choices } : undefined
}

function surveyRows(question: Question): Cell[][] {
  const { name, type, rows, required } = question
  const list = listOf(question)?.list ?? ''
  if (type !== 'matrix') {
    const appearance = type === 'long' ? 'multiline' : type === 'likert' ? 'likert' : null
    return [surveyRow(`${typeNames[type]} ${list}`.trim(), question, appearance)]
  }
  const plain = { ...question, hint: { id: '', en: '' }, shownIf: undefined, points: 0, right: [] }
  return [
    surveyRow('begin_group', { ...question, required: false }, 'table-list'),
    ...rows.map((row) => surveyRow(`select_one ${list}`, { ...plain, ...row, required }, null)),
    surveyRow('end_group', { ...plain, name, label: { id: '', en: '' }, required: false }, null),
  ]
}

/** A form as the worksheets of an XLSForm; `id` is its form_id and `version` counts up with every change. */
export function writeXlsform(form: { id: string; title: Words; version: number; questions: Question[] }): Table[] {
  const { id, title, version, questions } = form
  const choices = questions.flatMap((question) => {
    const list = listOf(question)
    return list ? list.choices.map(({ name, label }): Cell[] => [list.list, name, ...spoken(label)]) : []
  })
  const tables: [string, Cell[][]][] = [
    ['survey', [surveyHead, ...questions.flatMap(surveyRows)]],
    ['choices', [['list_name', 'name', ...inLanguages('label')], ...choices]],
    [
      'settings',
      [
        ['form_title', 'form_id', 'version', 'default_language'],
        [title.id || title.en, id, String(version), languages[0][1]],
      ],
    ],
  ]
  return tables.map(([name, rows]) => ({ name, rows, merges: [] }))
}
