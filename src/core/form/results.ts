import type { Answer, Answers } from './answer.ts'
import type { Question } from './question.ts'

/** How often each name was chosen, in the form's order, of `n` who answered. */
export type ChoiceResult = { kind: 'choices'; n: number; counts: { name: string; count: number }[] }

/**
 * Ratings from 1 to `counts.length`. `positive`: the share of the upper half (3 and 4 of four, 4 and 5 of five).
 * `percent`: mean × 25 for a scale of four, the conversion of Permenpan RB 14/2017 (domain.md 5.1); none for other
 * scales.
 */
export type RatingResult = {
  kind: 'ratings'
  n: number
  counts: number[]
  mean: number | undefined
  positive: number | undefined
  percent: number | undefined
}
export type MatrixResult = { kind: 'matrix'; n: number; rows: { name: string; ratings: RatingResult }[] }
/** Mean place (1 is first) of each choice, best first. */
export type RankingResult = { kind: 'ranking'; n: number; places: { name: string; mean: number }[] }
export type NumberResult = {
  kind: 'numbers'
  n: number
  mean: number | undefined
  median: number | undefined
  least: number | undefined
  most: number | undefined
}
export type DateResult = { kind: 'dates'; n: number; counts: { day: string; count: number }[] }
export type TextResult = { kind: 'texts'; n: number; texts: string[] }

export type QuestionResult =
  | ChoiceResult
  | RatingResult
  | MatrixResult
  | RankingResult
  | NumberResult
  | DateResult
  | TextResult

/** The arithmetic mean, or `undefined` of nothing. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Ratings outside of the scale, of another version or a broken device, do not count. */
export function rateResult(ratings: readonly number[], scale: 4 | 5): RatingResult {
  const counts = Array.from({ length: scale }, () => 0)
  let [n, sum] = [0, 0]
  for (const rating of ratings) {
    if (counts[rating - 1] === undefined) continue
    counts[rating - 1] = (counts[rating - 1] ?? 0) + 1
    n++
    sum += rating
  }
  const mean = n === 0 ? undefined : sum / n
  const upper = (counts.at(-1) ?? 0) + (counts.at(-2) ?? 0)
  return {
    kind: 'ratings',
    n,
    counts,
    mean,
    positive: n === 0 ? undefined : upper / n,
    percent: mean !== undefined && scale === 4 ? mean * 25 : undefined,
  }
}

function countNames(names: string[], answers: Answer[]): ChoiceResult {
  const counts = new Map(names.map((name) => [name, 0]))
  for (const answer of answers)
    for (const name of Array.isArray(answer) ? new Set(answer) : [String(answer)])
      if (counts.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return { kind: 'choices', n: answers.length, counts: [...counts].map(([name, count]) => ({ name, count })) }
}

function rankResult(names: string[], answers: Answer[]): RankingResult {
  const orders = answers.filter((answer): answer is string[] => Array.isArray(answer))
  const places = names.flatMap((name) => {
    const mean = meanOf(orders.map((order) => order.indexOf(name) + 1).filter((place) => place > 0))
    return mean === undefined ? [] : [{ name, mean }]
  })
  return { kind: 'ranking', n: orders.length, places: places.sort((a, b) => a.mean - b.mean) }
}

function numberResult(answers: Answer[]): NumberResult {
  const values = answers.filter((answer) => typeof answer === 'number').sort((a, b) => a - b)
  const middle = values.length / 2
  const median = meanOf(values.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1))
  return { kind: 'numbers', n: values.length, mean: meanOf(values), median, least: values[0], most: values.at(-1) }
}

function dateResult(answers: Answer[]): DateResult {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(String(answer), (counts.get(String(answer)) ?? 0) + 1)
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  return { kind: 'dates', n: answers.length, counts: sorted.map(([day, count]) => ({ day, count })) }
}

const isRatings = (answer: Answer): answer is { [row: string]: number } =>
  typeof answer === 'object' && !Array.isArray(answer)

const numbersOf = (answers: Answer[]) => answers.filter((answer) => typeof answer === 'number')

/** What all answers to one question say; `undefined` for a section, which asks nothing. */
export function resultOf(question: Question, responses: readonly Answers[]): QuestionResult | undefined {
  const { name, type, choices, rows, scale } = question
  const answers: Answer[] = []
  for (const response of responses) {
    const answer = response[name]
    if (answer !== undefined) answers.push(answer)
  }
  const names = choices.map((choice) => choice.name)
  switch (type) {
    case 'section':
      return undefined
    case 'single':
    case 'multiple':
      return countNames(names, answers)
    case 'ranking':
      return rankResult(names, answers)
    case 'likert':
      return rateResult(numbersOf(answers), scale)
    case 'matrix': {
      const rated = answers.filter(isRatings)
      const ofRow = (row: string) =>
        rated.flatMap((ratings) => (Object.hasOwn(ratings, row) ? [ratings[row] ?? 0] : []))
      return {
        kind: 'matrix',
        n: rated.length,
        rows: rows.map((row) => ({ name: row.name, ratings: rateResult(ofRow(row.name), scale) })),
      }
    }
    case 'number':
      return numberResult(answers)
    case 'date':
      return dateResult(answers)
    case 'short':
    case 'long':
      return { kind: 'texts', n: answers.length, texts: answers.map(String) }
  }
}
