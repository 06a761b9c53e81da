import { type Answers, ratingIn } from './answer.ts'
import type { FormVersion } from './form.ts'
import { leastShown } from './groups.ts'
import type { Question, Words } from './question.ts'
import type { Response } from './response.ts'
import { isScored, scoreOf } from './score.ts'

/**
 * What each response may give one number of: a rating, a row of a table of ratings, or the percent of a test's points.
 */
export type Measure = {
  /** Unique in its form, the same in each form that asks the same. */
  key: string
  /** `undefined`: the whole test. */
  question: Question | undefined
  /** The row that is rated, of a `matrix`. */
  row: Words | undefined
  /** The best value. */
  most: number
  valueOf: (response: Pick<Response, 'version' | 'answers'>) => number | undefined
}

type Versions = ReadonlyMap<string, FormVersion>

/** Reads ratings of a question, or of a row of it, in the versions that asked it with this scale. */
function ratingReader(
  { name, type, scale }: Question,
  row: string | undefined,
  versions: Versions,
): Measure['valueOf'] {
  const asking = new Set<string>()
  for (const { id, questions } of versions.values())
    if (questions.some((one) => one.name === name && one.type === type && one.scale === scale)) asking.add(id)
  return ({ version, answers }) => (asking.has(version) ? ratingIn(answers[name], row, scale) : undefined)
}

/** What is measured by the questions that are asked now: a test's score first, then the ratings in the form's order. */
export function measuresOf(questions: readonly Question[], versions: Versions): Measure[] {
  /** Groups of three kinds ask for the score of each response. */
  const scores = new WeakMap<Answers, { points: number; most: number }>()
  const score: Measure = {
    ...{ key: 'score', question: undefined, row: undefined, most: 100 },
    valueOf: ({ version, answers }) => {
      const held = scores.get(answers) ?? scoreOf(versions.get(version)?.questions ?? [], answers)
      scores.set(answers, held)
      const { points, most } = held
      return most > 0 ? (points / most) * 100 : undefined
    },
  }
  const ratings = questions.flatMap((question): Measure[] => {
    const { name, type, scale } = question
    const own = { question, most: scale }
    if (type === 'likert')
      return [{ ...own, key: `${scale} ${name}`, row: undefined, valueOf: ratingReader(question, undefined, versions) }]
    if (type !== 'matrix') return []
    return question.rows.map((row) => ({
      ...{ ...own, key: `${scale} ${name} ${row.name}`, row: row.label },
      valueOf: ratingReader(question, row.name, versions),
    }))
  })
  return questions.some(isScored) ? [score, ...ratings] : ratings
}

/** The values that responses give, or none of them where they are so few that one could be recognised. */
export function shownValues(
  measure: Measure,
  responses: readonly Pick<Response, 'version' | 'answers'>[],
  least = leastShown,
): number[] {
  const values = responses.map(measure.valueOf).filter((value) => value !== undefined)
  return values.length < least ? [] : values
}

/**
 * The values over several forms. Of an anonymous one fewer than five count nowhere: what the others show would tell
 * them from the whole.
 */
export function valuesOver(
  measure: Measure,
  forms: readonly { anonymous: boolean; responses: readonly Pick<Response, 'version' | 'answers'>[] }[],
): number[] {
  return forms.flatMap(({ anonymous, responses }) => shownValues(measure, responses, anonymous ? leastShown : 1))
}
