import { performance } from 'node:perf_hooks'
import { fold } from '../../src/core/fold.ts'
import { publishVersion, readForms, readFormVersions, setForm } from '../../src/core/form/form.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { reportOf } from '../../src/core/form/report.ts'
import { countedResponses, readResponses, respond } from '../../src/core/form/response.ts'
import { encodeBody } from '../../src/core/op.ts'
import { type Figure, figure, percentile } from './figure.ts'

const [responses, rounds] = [10_000, 9]
const idOf = (n: number) => String(n).padStart(22, '0')
const [formId, version] = [idOf(responses + 1), idOf(responses + 2)]
const questions = Array.from({ length: 20 }, (_, i) => newQuestion(`q${i}`, i < 18 ? 'likert' : 'short'))

/** From the folded event to the numbers of a results screen, in Node: 10,000 people answered 20 questions. */
export async function measureResults(): Promise<Figure[]> {
  const answersOf = (person: number) =>
    Object.fromEntries(
      questions.map(({ name, type }, i) => [name, type === 'short' ? 'cukup' : 1 + ((person + i) % 5)]),
    )
  const changes = [
    [setForm(formId, { open: true }), ...publishVersion({ id: version, form: formId, number: 1, questions })],
    ...Array.from({ length: responses }, (_, i) => [
      respond({ form: formId, version: version, person: idOf(i), answers: answersOf(i) }),
    ]),
  ]
  const ops = changes.map((made, n) => ({
    dev: idOf(responses),
    n: n + 1,
    wall: n + 1,
    at: n + 1,
    body: encodeBody(String(n).padStart(11, '0'), made),
  }))
  const space = fold(ops)
  const form = readForms(space).get(formId)
  if (!form) throw new Error('no form')
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const { counted } = reportOf(form, readFormVersions(space), countedResponses(readResponses(space, form), form))
    taken.push(performance.now() - began)
    if (counted !== responses) throw new Error(`${counted} responses were counted`)
  }
  return [figure('results of 10,000 responses × 20 questions, median', percentile(taken, 0.5), 'ms', 200, 1)]
}
