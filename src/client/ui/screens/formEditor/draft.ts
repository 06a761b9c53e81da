import { flagOf, isFields, numberOf, oneOf, textOf } from '../../../../core/fields.ts'
import { type FormRecord, formPurposes } from '../../../../core/form/form.ts'
import { type Choice, newQuestion, type Question, readQuestions, readWords } from '../../../../core/form/question.ts'

/** A form as its editor holds it. */
export type Draft = { form: Omit<FormRecord, 'id' | 'version'>; questions: Question[] }

export function toDraft({ id: _, version: __, ...form }: FormRecord, questions: Question[]): Draft {
  return { form, questions }
}

/** What an older version of the app may have kept. */
export function parseDraft(stored: unknown): Draft | undefined {
  if (!isFields(stored) || !isFields(stored.form)) return undefined
  const { form, questions } = stored
  return {
    form: {
      title: readWords(form.title),
      intro: readWords(form.intro),
      purpose: oneOf(form, 'purpose', formPurposes, 'evaluation'),
      session: textOf(form, 'session'),
      speaker: textOf(form, 'speaker'),
      speakerName: textOf(form, 'speakerName'),
      anonymous: flagOf(form, 'anonymous'),
      open: flagOf(form, 'open'),
      opensAt: numberOf(form, 'opensAt'),
      closesAt: numberOf(form, 'closesAt'),
      attempts: numberOf(form, 'attempts') ?? 1,
      shuffleQuestions: flagOf(form, 'shuffleQuestions'),
      shuffleChoices: flagOf(form, 'shuffleChoices'),
      pairedWith: textOf(form, 'pairedWith'),
      deleted: flagOf(form, 'deleted'),
    },
    questions: readQuestions(questions),
  }
}

/** A question with a name that no other has. */
export function nextQuestion(questions: Question[]): Question {
  const names = new Set(questions.map(({ name }) => name))
  let number = questions.length + 1
  while (names.has(`q${number}`)) number++
  return newQuestion(`q${number}`, 'likert')
}

/**
 * The choices that lines of text stand for. A line that was there keeps its name and its English, wherever it stands now,
 * and a line that was reworded in its place too: answers stay with it.
 */
export function choicesOfLines(lines: string[], held: Choice[]): Choice[] {
  const byLabel = new Map(held.map((choice) => [choice.label.id || choice.label.en, choice]))
  const free = new Set(held.filter((choice) => !lines.includes(choice.label.id || choice.label.en)))
  const names = new Set(held.map(({ name }) => name))
  return lines.map((line, at) => {
    const same = byLabel.get(line)
    if (same) return same
    const reworded = held[at]
    if (reworded && free.delete(reworded)) return { name: reworded.name, label: { id: line, en: '' } }
    let number = at + 1
    while (names.has(`c${number}`)) number++
    names.add(`c${number}`)
    return { name: `c${number}`, label: { id: line, en: '' } }
  })
}

export function linesOfChoices(choices: Choice[]): string {
  return choices.map(({ label }) => label.id || label.en).join('\n')
}
