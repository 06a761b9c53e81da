import type { Steps } from '../steps.ts'
import { ratingIn } from './answer.ts'
import type { FormRecord, FormVersion } from './form.ts'
import { leastShown } from './groups.ts'
import type { Question, Words } from './question.ts'
import type { Response } from './response.ts'

/** The scale that an index is worked out from (domain.md 5.3). */
const skmScale = 4

/** What is rated on it: a question, or one row of a matrix. */
type Element = { name: string; row: string | undefined; label: Words }

function elementsOf(questions: readonly Question[]): Element[] {
  return questions.flatMap(({ name, type, scale, label, rows }): Element[] => {
    if (scale !== skmScale) return []
    if (type === 'likert') return [{ name, row: undefined, label }]
    return type === 'matrix' ? rows.map((row) => ({ name, row: row.name, label: row.label })) : []
  })
}

/** The sums that an index is worked out from (skm.ts), each of the same `n` responses. */
export type SkmTotals = {
  labels: Words[]
  totals: number[]
  n: number
  /** Responses that lack an element: not asked in their version, not shown to them, or left open. */
  leftOut: number
}

/**
 * The sum of the answers to each question with a scale of four that the form asks now, of the responses with an answer
 * to each of them, whichever version they were given to; a response a step. Nobody's of an anonymous form below five,
 * as elsewhere.
 */
export function* skmInSteps(
  form: Pick<FormRecord, 'version' | 'anonymous'>,
  versions: ReadonlyMap<string, FormVersion>,
  responses: readonly Pick<Response, 'answers'>[],
): Steps<SkmTotals> {
  const elements = elementsOf(versions.get(form.version)?.questions ?? [])
  const rated: (number | undefined)[][] = []
  for (const { answers } of responses) {
    const ratings = elements.map(({ name, row }) => ratingIn(answers[name], row, skmScale))
    if (ratings.length > 0 && !ratings.includes(undefined)) rated.push(ratings)
    yield
  }
  const shown = form.anonymous && rated.length < leastShown ? [] : rated
  return {
    labels: elements.map(({ label }) => label),
    totals: elements.map((_, i) => shown.reduce((sum, ratings) => sum + (ratings[i] ?? 0), 0)),
    n: shown.length,
    leftOut: responses.length - rated.length,
  }
}
