import { flagOf, listOf, numberOf, objectOf, textOf } from '../fields.ts'
import type { Fields, Value } from '../op.ts'
import { type Condition, readCondition } from './condition.ts'

/** A text in both languages; an empty one is shown in the other. */
export type Words = { id: string; en: string }

/** Something to choose: `name` is what an answer keeps and never changes, `label` what is read. */
export type Choice = { name: string; label: Words }

export const questionTypes = [
  'section',
  'single',
  'multiple',
  'likert',
  'matrix',
  'ranking',
  'number',
  'date',
  'short',
  'long',
] as const
/**
 * `section` is a text that asks nothing; `likert` one rating from 1 to `scale`; `matrix` such a rating for each of
 * `rows`; `ranking` all choices in an order of one's own.
 */
export type QuestionType = (typeof questionTypes)[number]

export type Question = {
  /** Names the answer; unique in its form, letters, digits and `_`, as XLSForm wants it. */
  name: string
  type: QuestionType
  label: Words
  hint: Words
  required: boolean
  /** Of `single`, `multiple` and `ranking`. */
  choices: Choice[]
  /** What a `matrix` asks about. */
  rows: Choice[]
  /** The highest rating of `likert` and `matrix`. */
  scale: 4 | 5
  /** What the ends of the scale mean. */
  low: Words
  high: Words
  /** Bounds of a `number`. */
  min: number | undefined
  max: number | undefined
  shownIf: Condition | undefined
  /** What a right answer counts in a test; 0 outside of tests. */
  points: number
  /** Names of the right choices, all of them and no other. */
  right: string[]
}

const noWords: Words = { id: '', en: '' }

/** The text in a language, or in the other one where it is missing. */
export function wordsIn(words: Words, language: string): string {
  return language === 'en' ? words.en || words.id : words.id || words.en
}

/** A text in both languages; a missing one is empty. */
export function readWords(value: Value | undefined): Words {
  const fields = objectOf(value)
  return { id: textOf(fields, 'id'), en: textOf(fields, 'en') }
}

function readChoices(value: Value | undefined): Choice[] {
  return listOf(value, (item) => {
    const fields = objectOf(item)
    const name = textOf(fields, 'name')
    return name ? { name, label: readWords(fields.label) } : undefined
  })
}

function readQuestion(value: Value): Question | undefined {
  const fields = objectOf(value)
  const name = textOf(fields, 'name')
  const type = questionTypes.find((known) => known === fields.type)
  if (!name || !type) return undefined
  return {
    name,
    type,
    label: readWords(fields.label),
    hint: readWords(fields.hint),
    required: flagOf(fields, 'required'),
    choices: readChoices(fields.choices),
    rows: readChoices(fields.rows),
    scale: fields.scale === 4 ? 4 : 5,
    low: readWords(fields.low),
    high: readWords(fields.high),
    min: numberOf(fields, 'min'),
    max: numberOf(fields, 'max'),
    shownIf: readCondition(fields.shownIf),
    points: numberOf(fields, 'points') ?? 0,
    right: listOf(fields.right, (item) => (typeof item === 'string' ? item : undefined)),
  }
}

/** The questions of a version. A type that only a newer version knows is left out: it cannot be asked here. */
export function readQuestions(value: Value | undefined): Question[] {
  return listOf(value, readQuestion)
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === '' ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && 'id' in value && 'en' in value && value.id === '' && value.en === '')

/** A question as it is kept: only what says something. */
export function writeQuestion(question: Question): Fields {
  const hasScale = question.type === 'likert' || question.type === 'matrix'
  const kept = Object.entries(question).filter(
    ([field, value]) =>
      (field === 'scale' ? hasScale : field === 'min' || field === 'max' || !isEmpty(value)) && value !== undefined,
  )
  return JSON.parse(JSON.stringify(Object.fromEntries(kept)))
}

/** A question of a type with nothing else said. */
export function newQuestion(name: string, type: QuestionType): Question {
  return {
    name,
    type,
    label: noWords,
    hint: noWords,
    required: false,
    choices: [],
    rows: [],
    scale: 5,
    low: noWords,
    high: noWords,
    min: undefined,
    max: undefined,
    shownIf: undefined,
    points: 0,
    right: [],
  }
}
