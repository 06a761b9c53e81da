import type { Steps } from '../steps.ts'
import type { Answers } from './answer.ts'
import type { FormRecord, FormVersion } from './form.ts'
import type { ScorePair } from './gain.ts'
import { leastShown } from './groups.ts'
import type { Question } from './question.ts'
import { countInSteps, type Response } from './response.ts'
import { type QuestionResult, resultOf } from './results.ts'
import { scoreOf } from './score.ts'

/** A question with all answers to it; `number` is the version that asked it last. */
export type ReportedQuestion = { question: Question; number: number; result: QuestionResult }

export type FormReport = {
  /** Responses that count, late ones among them. */
  counted: number
  late: number
  /** An anonymous form shows nothing below five responses, and no question or row that fewer have answered. */
  hidden: boolean
  questions: ReportedQuestion[]
}

/** Whether answers to both may be counted together: the same question with the same answers to choose from. */
function isSameQuestion(a: Question, b: Question): boolean {
  const names = (question: Question) => [...question.choices, ...question.rows].map(({ name }) => name).join(' ')
  return a.name === b.name && a.type === b.type && a.scale === b.scale && names(a) === names(b)
}

/**
 * Every question that was ever asked, the current version's first; one that was changed stands apart from its old self.
 */
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

/** What may be shown of a question in an anonymous form: whose few answers stand alone could be recognised. */
function showable({ question, number, result }: ReportedQuestion): ReportedQuestion[] {
  if (result.kind !== 'matrix') return result.n < leastShown ? [] : [{ question, number, result }]
  const shown = result.rows.filter(({ ratings }) => ratings.n >= leastShown)
  if (shown.length === 0) return []
  const rows = question.rows.filter(({ name }) => shown.some((row) => row.name === name))
  return [{ question: { ...question, rows }, number, result: { ...result, rows: shown } }]
}

/** What the responses to a form say, a question a step. */
export function* reportInSteps(
  form: FormRecord,
  versions: ReadonlyMap<string, FormVersion>,
  responses: readonly Response[],
): Steps<FormReport> {
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
  const questions: ReportedQuestion[] = []
  for (const { question, number, versions: asking } of askedQuestions(own)) {
    yield
    const result = hidden ? undefined : resultOf(question, answersTo(asking))
    if (!result) continue
    const reported = { question, number, result }
    questions.push(...(form.anonymous ? showable(reported) : [reported]))
  }
  return { counted: responses.length, late: responses.filter(({ late }) => late).length, hidden, questions }
}

/** A test with every response to it. */
export type TakenTest = {
  form: FormRecord
  responses: readonly Response[]
  versions: ReadonlyMap<string, FormVersion>
}

/** The score of each person's counted response, in percent of the points that its version gives. */
function* percentByPerson({ form, responses, versions }: TakenTest): Steps<Map<string, number>> {
  const percents = new Map<string, number>()
  for (const { person, version, answers } of yield* countInSteps(responses, form)) {
    const { points, most } = scoreOf(versions.get(version)?.questions ?? [], answers)
    if (person && most > 0) percents.set(person, (points / most) * 100)
    yield
  }
  return percents
}

/** Persons who took both tests, with their scores in percent, by person; a response a step. */
export function* pairScores(before: TakenTest, after: TakenTest): Steps<ScorePair[]> {
  const first = yield* percentByPerson(before)
  const pairs: ScorePair[] = []
  for (const [person, percent] of yield* percentByPerson(after)) {
    const held = first.get(person)
    if (held !== undefined) pairs.push({ person, before: held, after: percent })
  }
  return pairs.sort((a, b) => (a.person < b.person ? -1 : 1))
}
