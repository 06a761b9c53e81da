import type { Fields, Value } from '../op.ts'

/**
 * What was answered to one question: the name of a choice, a text, or an ISO day; a number or a rating; names of
 * choices (`multiple` in the form's order, `ranking` in the person's); or ratings by the name of a matrix row.
 */
export type Answer = string | number | string[] | { [row: string]: number }
export type Answers = Record<string, Answer>

/** Whether a question has an answer at all; blanks and an empty choice are none. */
export function isAnswered(answer: Answer | undefined): answer is Answer {
  if (answer === undefined) return false
  if (typeof answer === 'string') return answer.trim() !== ''
  if (typeof answer === 'number') return Number.isFinite(answer)
  return Object.keys(answer).length > 0
}

/** The rating from 1 to `scale` that an answer is, or that it gives to a row of a matrix. */
export function ratingIn(answer: Answer | undefined, row: string | undefined, scale: number): number | undefined {
  const isRows = typeof answer === 'object' && !Array.isArray(answer)
  const rating = row === undefined ? answer : isRows && Object.hasOwn(answer, row) ? answer[row] : undefined
  return typeof rating === 'number' && rating >= 1 && rating <= scale ? rating : undefined
}

function readAnswer(value: Value | undefined): Answer | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const ratings = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return ratings.length > 0 ? Object.fromEntries(ratings) : undefined
}

/** The answers of a response; what is of no known shape is left out. */
export function readAnswers(fields: Fields): Answers {
  const answers: Answers = {}
  for (const name of Object.keys(fields)) {
    const answer = readAnswer(fields[name])
    if (answer !== undefined && isAnswered(answer)) answers[name] = answer
  }
  return answers
}
