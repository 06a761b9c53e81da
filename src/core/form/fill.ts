import { isDay } from '../time.ts'
import { type Answer, type Answers, isAnswered } from './answer.ts'
import { isMet } from './condition.ts'
import type { Question } from './question.ts'

/** The longest texts that are kept, in characters; what is longer is pointed out, never cut behind one's back. */
export const maxTextLength = { short: 500, long: 4_000 } as const

/**
 * The questions that are asked with these answers, in the form's order. An answer to a question that is no longer shown
 * does not count, so what hangs on it is hidden, too.
 */
export function shownQuestions(questions: Question[], answers: Answers): Question[] {
  const shown: Question[] = []
  const counted: Answers = {}
  for (const question of questions) {
    if (question.shownIf && !isMet(question.shownIf, counted)) continue
    shown.push(question)
    const answer = answers[question.name]
    if (isAnswered(answer)) counted[question.name] = answer
  }
  return shown
}

const answerProblems = [
  'missing',
  'incomplete',
  'notNumber',
  'tooSmall',
  'tooLarge',
  'notDate',
  'tooLong',
  'unknownChoice',
] as const
export type AnswerProblem = (typeof answerProblems)[number]

function isRating(question: Question, rating: number): boolean {
  return Number.isInteger(rating) && rating >= 1 && rating <= question.scale
}

/** What is wrong with an answer that was given. */
function problemOfGiven(question: Question, answer: Answer): AnswerProblem | undefined {
  const { type, choices, rows } = question
  const isChoice = (name: string) => choices.some((choice) => choice.name === name)
  switch (type) {
    case 'section':
      return undefined
    case 'single':
      return typeof answer === 'string' && isChoice(answer) ? undefined : 'unknownChoice'
    case 'multiple':
      return Array.isArray(answer) && answer.every(isChoice) ? undefined : 'unknownChoice'
    case 'ranking':
      if (!Array.isArray(answer) || !answer.every(isChoice)) return 'unknownChoice'
      return new Set(answer).size === choices.length ? undefined : 'incomplete'
    case 'likert':
      return typeof answer === 'number' && isRating(question, answer) ? undefined : 'unknownChoice'
    case 'matrix': {
      if (typeof answer !== 'object' || Array.isArray(answer)) return 'unknownChoice'
      if (!Object.values(answer).every((rating) => isRating(question, rating))) return 'unknownChoice'
      const isComplete = rows.every(({ name }) => Object.hasOwn(answer, name))
      return question.required && !isComplete ? 'incomplete' : undefined
    }
    case 'number':
      if (typeof answer !== 'number') return 'notNumber'
      if (question.min !== undefined && answer < question.min) return 'tooSmall'
      return question.max !== undefined && answer > question.max ? 'tooLarge' : undefined
    case 'date':
      return typeof answer === 'string' && isDay(answer) ? undefined : 'notDate'
    case 'short':
    case 'long':
      return typeof answer === 'string' && [...answer].length <= maxTextLength[type] ? undefined : 'tooLong'
  }
}

/** What keeps the answers from being sent, by question. Only what is shown must be answered. */
export function findProblems(questions: Question[], answers: Answers): Map<string, AnswerProblem> {
  const problems = new Map<string, AnswerProblem>()
  for (const question of shownQuestions(questions, answers)) {
    if (question.type === 'section') continue
    const answer = answers[question.name]
    const problem = isAnswered(answer) ? problemOfGiven(question, answer) : question.required ? 'missing' : undefined
    if (problem) problems.set(question.name, problem)
  }
  return problems
}

/** The answers that are sent: of what is shown, and nothing empty. */
export function finalAnswers(questions: Question[], answers: Answers): Answers {
  const final: Answers = {}
  for (const { name, type } of shownQuestions(questions, answers)) {
    const answer = answers[name]
    if (type !== 'section' && isAnswered(answer)) final[name] = answer
  }
  return final
}
