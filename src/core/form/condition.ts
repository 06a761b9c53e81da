import { listOf, objectOf, textOf } from '../fields.ts'
import type { Value } from '../op.ts'
import { type Answer, type Answers, isAnswered } from './answer.ts'

export const comparisons = ['is', 'isNot', 'has', 'atLeast', 'atMost', 'answered'] as const
/** `has`: a `multiple` answer includes the choice. `atLeast` and `atMost` compare numbers, and dates as texts. */
export type Comparison = (typeof comparisons)[number]

export type Clause = { question: string; comparison: Comparison; value: string }

/** When a question is shown: all of the clauses hold, or any of them. */
export type Condition = { match: 'all' | 'any'; clauses: Clause[] }

/** A condition as a form holds it; `undefined` (always shown) where no clause of it can be read. */
export function readCondition(value: Value | undefined): Condition | undefined {
  const fields = objectOf(value)
  const clauses = listOf(fields.clauses, (item): Clause | undefined => {
    const clause = objectOf(item)
    const comparison = comparisons.find((known) => known === clause.comparison)
    const question = textOf(clause, 'question')
    return comparison && question ? { question, comparison, value: textOf(clause, 'value') } : undefined
  })
  return clauses.length > 0 ? { match: fields.match === 'any' ? 'any' : 'all', clauses } : undefined
}

/** Dates are ISO days and order as texts; everything else that is compared by size is a number. */
function isAtLeast(answer: Answer, value: string): boolean {
  if (typeof answer === 'number') return answer >= Number(value)
  return typeof answer === 'string' && answer >= value
}

function holds({ question, comparison, value }: Clause, answers: Answers): boolean {
  const answer = answers[question]
  if (answer === undefined || !isAnswered(answer)) return comparison === 'isNot'
  switch (comparison) {
    case 'answered':
      return true
    case 'is':
      return String(answer) === value
    case 'isNot':
      return String(answer) !== value
    case 'has':
      return Array.isArray(answer) && answer.includes(value)
    case 'atLeast':
      return isAtLeast(answer, value)
    case 'atMost':
      return typeof answer === 'number' ? answer <= Number(value) : typeof answer === 'string' && answer <= value
  }
}

/** Whether answers fulfil a condition: all of its clauses, or any where it says so. */
export function isMet({ match, clauses }: Condition, answers: Answers): boolean {
  return match === 'any'
    ? clauses.some((clause) => holds(clause, answers))
    : clauses.every((clause) => holds(clause, answers))
}
