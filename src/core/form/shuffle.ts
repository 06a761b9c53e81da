import { sha256 } from '../sha256.ts'
import type { Question } from './question.ts'

/** Numbers from 0 up to 2³²−1 that follow from a seed, so that a draft comes back in the order in which it was left. */
function* numbersFrom(seed: string): Generator<number> {
  for (let block = 0; ; block++) {
    const view = new DataView(sha256(`${seed}.${block}`).buffer)
    for (let at = 0; at < 32; at += 4) yield view.getUint32(at)
  }
}

/** Fisher–Yates with the numbers of a seed. */
function shuffled<T>(items: readonly T[], numbers: Generator<number>): T[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = (numbers.next().value as number) % (i + 1)
    const [a, b] = [mixed[i] as T, mixed[j] as T]
    mixed[i] = b
    mixed[j] = a
  }
  return mixed
}

/**
 * The questions in the order in which one person sees them. Only questions between two sections change places, and none
 * that is shown by another's answer or shows another: their order has a meaning.
 */
export function arrangeQuestions(
  questions: Question[],
  order: { questions: boolean; choices: boolean },
  seed: string,
): Question[] {
  const numbers = numbersFrom(seed)
  const bound = new Set(questions.flatMap(({ shownIf }) => shownIf?.clauses.map(({ question }) => question) ?? []))
  const isFree = ({ name, type, shownIf }: Question) => type !== 'section' && !shownIf && !bound.has(name)
  const arranged: Question[] = []
  let run: Question[] = []
  const endRun = () => {
    arranged.push(...(order.questions ? shuffled(run, numbers) : run))
    run = []
  }
  for (const question of questions) {
    if (isFree(question)) run.push(question)
    else {
      endRun()
      arranged.push(question)
    }
  }
  endRun()
  if (!order.choices) return arranged
  return arranged.map((question) =>
    question.type === 'single' || question.type === 'multiple' || question.type === 'ranking'
      ? { ...question, choices: shuffled(question.choices, numbers) }
      : question,
  )
}
