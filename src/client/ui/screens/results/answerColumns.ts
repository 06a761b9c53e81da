import type { Answer } from '../../../../core/form/answer.ts'
import { type Choice, type Question, wordsIn } from '../../../../core/form/question.ts'
import type { Cell } from '../../../../core/import/table.ts'

/** A column of the table of answers, with the words that people read; what is a number stays one. */
export type AnswerColumn = { head: string; cell: (answer: Answer | undefined) => Cell }

const nameIn = (choices: readonly Choice[], name: string, language: string) => {
  const choice = choices.find((one) => one.name === name)
  return choice ? wordsIn(choice.label, language) : name
}

/** The columns of a question: one, or of a matrix one for each row, so that a spreadsheet can count and average it. */
export function answerColumns({ type, label, rows, choices }: Question, language: string): AnswerColumn[] {
  const head = wordsIn(label, language)
  if (type === 'matrix')
    return rows.map((row) => ({
      head: `${head} – ${wordsIn(row.label, language)}`,
      cell: (answer) => (typeof answer === 'object' && !Array.isArray(answer) ? (answer[row.name] ?? null) : null),
    }))
  const cell = (answer: Answer | undefined) => {
    if (typeof answer === 'string') return nameIn(choices, answer, language)
    if (Array.isArray(answer)) return answer.map((name) => nameIn(choices, name, language)).join('; ')
    return typeof answer === 'number' ? answer : null
  }
  return [{ head, cell }]
}
