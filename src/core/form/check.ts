import type { Condition } from './condition.ts'
import type { Question } from './question.ts'

const designProblems = [
  'empty',
  'badName',
  'doubleName',
  'noLabel',
  'fewChoices',
  'doubleChoice',
  'noRows',
  'badBounds',
  'unknownRight',
  'unknownQuestion',
  'laterQuestion',
] as const
/**
 * Why a form cannot be used yet. `laterQuestion`: a question is shown by the answer to itself or to one behind it,
 * which is also what a loop looks like.
 */
export type DesignProblem = (typeof designProblems)[number]

const namePattern = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/
/** Names that a plain object already has would not be answers. */
const isUsable = (name: string) => namePattern.test(name) && !(name in {})

function problemOfCondition(condition: Condition, before: ReadonlySet<string>, all: ReadonlySet<string>) {
  for (const { question } of condition.clauses) {
    if (!all.has(question)) return 'unknownQuestion'
    if (!before.has(question)) return 'laterQuestion'
  }
  return undefined
}

function problemOf(
  question: Question,
  before: ReadonlySet<string>,
  all: ReadonlySet<string>,
): DesignProblem | undefined {
  const { name, type, label, choices, rows, min, max, right, shownIf } = question
  if (!isUsable(name)) return 'badName'
  if (before.has(name)) return 'doubleName'
  if (!label.id.trim() && !label.en.trim()) return 'noLabel'
  const hasChoices = type === 'single' || type === 'multiple' || type === 'ranking'
  if (hasChoices && choices.length < 2) return 'fewChoices'
  const named = type === 'matrix' ? rows : choices
  if (new Set(named.map((choice) => choice.name)).size < named.length) return 'doubleChoice'
  if (type === 'matrix' && rows.length === 0) return 'noRows'
  if (min !== undefined && max !== undefined && min > max) return 'badBounds'
  if (hasChoices && right.some((wanted) => !choices.some((choice) => choice.name === wanted))) return 'unknownRight'
  return shownIf && problemOfCondition(shownIf, before, all)
}

/** What must be mended before a form is opened, by question; `''` for the form as a whole. */
export function checkForm(questions: Question[]): Map<string, DesignProblem> {
  const problems = new Map<string, DesignProblem>()
  if (!questions.some(({ type }) => type !== 'section')) problems.set('', 'empty')
  const all = new Set(questions.map(({ name }) => name))
  const before = new Set<string>()
  for (const question of questions) {
    const problem = problemOf(question, before, all)
    if (problem && !problems.has(question.name)) problems.set(question.name, problem)
    before.add(question.name)
  }
  return problems
}
