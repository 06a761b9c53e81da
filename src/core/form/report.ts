import type { Answers } from './answer.ts'
import type { FormRecord, FormVersion } from './form.ts'
import type { ScorePair } from './gain.ts'
import { leastShown } from './groups.ts'
import type { Question, Words } from './question.ts'
import { countedResponses, type Response } from './response.ts'
import { type QuestionResult, resultOf } from './results.ts'
import { scoreOf } from './score.ts'

/** A question with all answers to it; `number` is the version that asked it last. */
export type ReportedQuestion = { question: Question; number: number; result: QuestionResult }

export type FormReport = {
  /** Responses that count, late ones among them. */
  counted: number
  late: number
  /** An anonymous form shows nothing below five responses. */
  hidden: boolean
  questions: ReportedQuestion[]
}

/** Whether answers to both may be counted together: the same question with the same answers to choose from. */
function isSameQuestion(a: Question, b: Question): boolean {
  const names = (question: Question) => [...question.choices, ...question.rows].map(({ name }) => name).join(' ')
  return a.name === b.name && a.type === b.type && a.scale === b.scale && names(a) === names(b)
}

/** Every question that was ever asked, the current version's first; one that was changed stands apart from its old self. */
function askedQuestions(versions: FormVersion[]) {
  const asked: { question: Question; number: number; versions: Set<string> }[] = []
  for (const { id, number, questions } of [...versions].sort((a, b) => b.number - a.number))
    for (const question of questions) {
      const held = asked.find((one) => isSameQuestion(one.question, question))
      if (held) held.versions.add(id)
      else asked.push({ question, number, versions: new Set([id]) })
    }
  return asked
}

/** What the responses to a form say, question by question. */
export function reportOf(
  form: FormRecord,
  versions: ReadonlyMap<string, FormVersion>,
  responses: readonly Response[],
): FormReport {
  const own = [...versions.values()].filter((version) => version.form === form.id)
  const hidden = form.anonymous && responses.length < leastShown
  /** Most questions are in the same versions, so that their answers are picked out once. */
  const picked = new Map<string, Answers[]>()
  function answersTo(asking: ReadonlySet<string>): Answers[] {
    const key = [...asking].join(' ')
    const held = picked.get(key)
    if (held) return held
    const answers = responses.filter(({ version }) => asking.has(version)).map((response) => response.answers)
    picked.set(key, answers)
    return answers
  }
  const questions = askedQuestions(own).flatMap(({ question, number, versions: asking }): ReportedQuestion[] => {
    const result = hidden ? undefined : resultOf(question, answersTo(asking))
    return result ? [{ question, number, result }] : []
  })
  return { counted: responses.length, late: responses.filter(({ late }) => late).length, hidden, questions }
}

type Test = { form: FormRecord; responses: Response[]; versions: ReadonlyMap<string, FormVersion> }

/** The score of each person's counted response, in percent of the points that its version gives. */
function percentByPerson({ form, responses, versions }: Test): Map<string, number> {
  const percents = new Map<string, number>()
  for (const { person, version, answers } of countedResponses(responses, form)) {
    const { points, most } = scoreOf(versions.get(version)?.questions ?? [], answers)
    if (person && most > 0) percents.set(person, (points / most) * 100)
  }
  return percents
}

/** Persons who took both tests, with their scores in percent, by person. */
export function pairScores(before: Test, after: Test): ScorePair[] {
  const first = percentByPerson(before)
  const pairs: ScorePair[] = []
  for (const [person, percent] of percentByPerson(after)) {
    const held = first.get(person)
    if (held !== undefined) pairs.push({ person, before: held, after: percent })
  }
  return pairs.sort((a, b) => (a.person < b.person ? -1 : 1))
}

/** What is rated from 1 to 4: a question, or one row of a matrix. */
type SkmElement = { name: string; row: string | undefined; label: Words }

/** The sum of the answers to each question with a scale of four, of the respondents who answered them all. */
export function skmTotals(questions: readonly Question[], responses: readonly Answers[]) {
  const elements = questions.flatMap(({ name, type, scale, label, rows }): SkmElement[] => {
    if (scale !== 4) return []
    if (type === 'likert') return [{ name, row: undefined, label }]
    return type === 'matrix' ? rows.map((row) => ({ name, row: row.name, label: row.label })) : []
  })
  const totals = elements.map(() => 0)
  let n = 0
  for (const answers of responses) {
    const ratings = elements.map(({ name, row }) => {
      const answer = answers[name]
      if (row === undefined) return typeof answer === 'number' ? answer : undefined
      return typeof answer === 'object' && !Array.isArray(answer) ? answer[row] : undefined
    })
    if (ratings.length === 0 || !ratings.every((rating) => rating !== undefined && rating >= 1 && rating <= 4)) continue
    n++
    ratings.forEach((rating, i) => {
      totals[i] = (totals[i] ?? 0) + (rating ?? 0)
    })
  }
  return { labels: elements.map(({ label }) => label), totals, n }
}
