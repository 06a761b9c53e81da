import { finish, type Steps } from '../steps.ts'
import type { Answers } from './answer.ts'
import type { FormRecord, FormVersion } from './form.ts'
import { leastShown } from './groups.ts'
import type { Question, Words } from './question.ts'
import type { Response } from './response.ts'

/** What is rated from 1 to 4: a question, or one row of a matrix. */
type Element = { name: string; row: string | undefined; label: Words }

function elementsOf(questions: readonly Question[]): Element[] {
  return questions.flatMap(({ name, type, scale, label, rows }): Element[] => {
    if (scale !== 4) return []
    if (type === 'likert') return [{ name, row: undefined, label }]
    return type === 'matrix' ? rows.map((row) => ({ name, row: row.name, label: row.label })) : []
  })
}

function ratingOf({ name, row }: Element, answers: Answers): number | undefined {
  const answer = answers[name]
  if (row === undefined) return typeof answer === 'number' ? answer : undefined
  return typeof answer === 'object' && !Array.isArray(answer) && Object.hasOwn(answer, row) ? answer[row] : undefined
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
 * The sum of the answers to each question with a scale of four that the form asks now, of the responses with an answer to
 * each of them, whichever version they were given to. Nobody's of an anonymous form below five, as elsewhere.
 */
export function skmTotals(...given: Parameters<typeof skmInSteps>): SkmTotals {
  return finish(skmInSteps(...given))
}

/** The same in steps, a response each. */
export function* skmInSteps(
  form: Pick<FormRecord, 'version' | 'anonymous'>,
  versions: ReadonlyMap<string, FormVersion>,
  responses: readonly Pick<Response, 'answers'>[],
): Steps<SkmTotals> {
  const elements = elementsOf(versions.get(form.version)?.questions ?? [])
  const isRating = (rating: number | undefined) => rating !== undefined && rating >= 1 && rating <= 4
  const rated: (number | undefined)[][] = []
  for (const { answers } of responses) {
    const ratings = elements.map((element) => ratingOf(element, answers))
    if (ratings.length > 0 && ratings.every(isRating)) rated.push(ratings)
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
