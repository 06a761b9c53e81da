import type { Steps } from '../steps.ts'
import type { Answers } from './answer.ts'
import type { FormRecord, FormVersion } from './form.ts'
import { leastShown } from './groups.ts'
import type { Question, Words } from './question.ts'
import type { Response } from './response.ts'
import { isRight, isScored } from './score.ts'

/** How many of the best are compared with as many of the worst: 27 % (Kelley 1939), of a small class its halves. */
function sizeOfGroups(count: number): number {
  return count < 30 ? Math.max(1, Math.floor(count / 2)) : Math.round(count * 0.27)
}

export type ItemResult = {
  name: string
  n: number
  /** Share of right answers; a question that was left out is wrong. */
  difficulty: number
  /** Share of right answers among the best minus that among the worst. */
  discrimination: number
  /** Correlation of the item with the sum of all others; none when one of them does not vary. */
  correlation: number | undefined
}

const difficultyClasses = ['easy', 'medium', 'hard'] as const
/** Easy above 0.70, hard below 0.30. */
export function classOfDifficulty(difficulty: number): (typeof difficultyClasses)[number] {
  return difficulty > 0.7 ? 'easy' : difficulty < 0.3 ? 'hard' : 'medium'
}

const discriminationClasses = ['veryGood', 'good', 'fair', 'poor'] as const
/** Ebel & Frisbie (1991): very good from 0.40, good from 0.30, fair from 0.20. */
export function classOfDiscrimination(discrimination: number): (typeof discriminationClasses)[number] {
  if (discrimination >= 0.4) return 'veryGood'
  return discrimination >= 0.3 ? 'good' : discrimination >= 0.2 ? 'fair' : 'poor'
}

/** Pearson's correlation, or `undefined` when one side does not vary. */
function correlate(xs: readonly number[], ys: readonly number[]): number | undefined {
  const n = xs.length
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const [meanX, meanY] = [sum(xs) / n, sum(ys) / n]
  let [covariance, varianceX, varianceY] = [0, 0, 0]
  xs.forEach((x, i) => {
    const [dx, dy] = [x - meanX, (ys[i] ?? 0) - meanY]
    covariance += dx * dy
    varianceX += dx * dx
    varianceY += dy * dy
  })
  return varianceX === 0 || varianceY === 0 ? undefined : covariance / Math.sqrt(varianceX * varianceY)
}

/**
 * Difficulty and discrimination of each scored question, each right answer counting 1; a response or a question a step.
 */
export function* analyseItems(questions: readonly Question[], responses: readonly Answers[]): Steps<ItemResult[]> {
  const items = questions.filter(isScored)
  const rows: number[][] = []
  for (const answers of responses) {
    rows.push(items.map((item) => (isRight(item, answers[item.name]) ? 1 : 0)))
    yield
  }
  const totals = rows.map((row) => row.reduce<number>((sum, mark) => sum + mark, 0))
  const byTotal = rows.map((_, i) => i).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0))
  const groupSize = sizeOfGroups(rows.length)
  const rightAmong = (some: number[], item: number) => some.reduce((sum, row) => sum + (rows[row]?.[item] ?? 0), 0)
  const [best, worst] = [byTotal.slice(0, groupSize), byTotal.slice(-groupSize)]
  if (rows.length === 0) return []
  const results: ItemResult[] = []
  for (const [item, { name }] of items.entries()) {
    const marks = rows.map((row) => row[item] ?? 0)
    const others = totals.map((total, i) => total - (marks[i] ?? 0))
    results.push({
      name,
      n: rows.length,
      difficulty: marks.reduce<number>((sum, mark) => sum + mark, 0) / rows.length,
      discrimination: (rightAmong(best, item) - rightAmong(worst, item)) / groupSize,
      correlation: correlate(marks, others),
    })
    yield
  }
  return results
}

export type LabelledItem = ItemResult & { label: Words }

/**
 * The items of a test as it is asked now, of those who answered just this version; of an anonymous one none below five,
 * since few marks tell whose answers they are. `counted`: one response of each person.
 */
export function* itemsOf(
  form: Pick<FormRecord, 'purpose' | 'version' | 'anonymous'>,
  versions: ReadonlyMap<string, FormVersion>,
  counted: readonly Pick<Response, 'version' | 'answers'>[],
): Steps<LabelledItem[]> {
  if (form.purpose !== 'preTest' && form.purpose !== 'postTest') return []
  const questions = versions.get(form.version)?.questions ?? []
  const given = counted.filter(({ version }) => version === form.version).map(({ answers }) => answers)
  if (form.anonymous && given.length < leastShown) return []
  return (yield* analyseItems(questions, given)).map((item) => {
    const label = questions.find(({ name }) => name === item.name)?.label
    return { ...item, label: label ?? { id: item.name, en: item.name } }
  })
}
