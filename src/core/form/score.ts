import type { Answer, Answers } from './answer.ts'
import type { Question } from './question.ts'

/** Whether a question counts in a test. */
export function isScored({ points, right }: Question): boolean {
  return points > 0 && right.length > 0
}

/** All right choices and no other; of a `ranking` also their order. */
export function isRight({ type, right }: Question, answer: Answer | undefined): boolean {
  if (typeof answer === 'string' || typeof answer === 'number') return right.includes(String(answer))
  if (!Array.isArray(answer) || answer.length !== right.length) return false
  return type === 'ranking'
    ? answer.every((name, i) => name === right[i])
    : right.every((name) => answer.includes(name))
}

type Scored = { scored: Question[]; most: number }
/** The questions that count, by all of a version, which is written once. */
const scoredOf = new WeakMap<readonly Question[], Scored>()

function findScored(questions: readonly Question[]): Scored {
  const scored = questions.filter(isScored)
  const found = { scored, most: scored.reduce((sum, { points }) => sum + points, 0) }
  scoredOf.set(questions, found)
  return found
}

/** Points of one response, and those that the test gives; a question that was not answered or not shown gives none. */
export function scoreOf(questions: Question[], answers: Answers): { points: number; most: number } {
  const { scored, most } = scoredOf.get(questions) ?? findScored(questions)
  let points = 0
  for (const question of scored) if (isRight(question, answers[question.name])) points += question.points
  return { points, most }
}
