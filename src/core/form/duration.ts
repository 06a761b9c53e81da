import type { Question, QuestionType } from './question.ts'

/** About how long an answer takes on a phone, in seconds; of a matrix each row. */
const secondsByType: Record<QuestionType, number> = {
  section: 3,
  single: 12,
  multiple: 18,
  likert: 8,
  matrix: 7,
  ranking: 30,
  number: 12,
  date: 15,
  short: 25,
  long: 45,
}

/** About how many minutes a form takes, at least one: said before it is begun. Optional texts count by a third. */
export function minutesToFill(questions: readonly Question[]): number {
  const seconds = questions.reduce((sum, { type, rows, required }) => {
    const weight = (type === 'short' || type === 'long') && !required ? 1 / 3 : 1
    return sum + secondsByType[type] * weight * (type === 'matrix' ? Math.max(1, rows.length) : 1)
  }, 0)
  return Math.max(1, Math.round(seconds / 60))
}
