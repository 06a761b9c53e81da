import { describe, expect, test } from 'vitest'
import type { Answers } from '../../../src/core/form/answer.ts'
import { publishVersion, setForm } from '../../../src/core/form/form.ts'
import { gainInSteps } from '../../../src/core/form/gain.ts'
import { itemsOf } from '../../../src/core/form/items.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'
import { pairScores, reportInSteps } from '../../../src/core/form/report.ts'
import { countedResponses, respond } from '../../../src/core/form/response.ts'
import { skmIndex } from '../../../src/core/form/skm.ts'
import { skmInSteps } from '../../../src/core/form/skmAnswers.ts'
import type { Change } from '../../../src/core/op.ts'
import { finish } from '../../../src/core/steps.ts'
import { openForms } from '../../support/formSpace.ts'

const words = (id: string) => ({ id, en: id })
const choices = ['a', 'b'].map((name) => ({ name, label: words(name) }))
const likert = (name: string): Question => ({ ...newQuestion(name, 'likert'), label: words(name), scale: 4 })
const item = (name: string): Question => ({
  ...newQuestion(name, 'single'),
  label: words(name),
  choices,
  points: 1,
  right: ['a'],
})

const publish = (form: string, number: number, questions: Question[]) =>
  publishVersion({ id: `${form}${number}`, form, number, questions })
const answer = (version: string, person: string, answers: Answers) =>
  respond({ form: version.slice(0, -1), version, person, answers })

describe('the report of a form', () => {
  test('adds up answers to an unchanged question, and keeps a changed one apart', () => {
    const of = openForms([
      ...publish('f', 1, [likert('same'), item('changed')]),
      answer('f1', 'p', { same: 4, changed: 'a' }),
      ...publish('f', 2, [
        likert('same'),
        { ...item('changed'), choices: [...choices, { name: 'c', label: words('c') }] },
      ]),
      answer('f2', 'q', { same: 2, changed: 'c' }),
    ])
    const { form, versions, responses } = of('f')
    const { questions } = finish(reportInSteps(form, versions, responses))
    expect(questions.map(({ question, number, result }) => [question.name, number, result.n])).toEqual([
      ['same', 2, 2],
      ['changed', 2, 1],
      ['changed', 1, 1],
    ])
  })

  test('of an anonymous form is hidden below five responses', () => {
    const responses = (count: number) => Array.from({ length: count }, () => answer('f1', '', { q: 3 }))
    const report = (count: number) => {
      const {
        form,
        versions,
        responses: given,
      } = openForms(
        [setForm('f', { anonymous: true }), ...publish('f', 1, [likert('q')]), ...responses(count)],
        true,
      )('f')
      return finish(reportInSteps(form, versions, given))
    }
    expect(report(4)).toEqual({ counted: 4, late: 0, hidden: true, questions: [] })
    expect(report(5)).toMatchObject({ counted: 5, hidden: false, questions: [{ result: { mean: 3 } }] })
  })

  test('pairs two tests by person, each in percent of its own points', () => {
    const of = openForms([
      ...publish('pre', 1, [item('x'), item('y')]),
      ...publish('post', 1, [item('x'), item('y'), item('z'), item('w')]),
      answer('pre1', 'p', { x: 'a', y: 'b' }),
      answer('pre1', 'only-before', { x: 'a' }),
      answer('post1', 'p', { x: 'a', y: 'a', z: 'a', w: 'b' }),
      answer('post1', 'only-after', { x: 'a' }),
    ])
    const pairs = finish(pairScores(of('pre'), of('post')))
    expect(pairs).toEqual([{ person: 'p', before: 50, after: 75 }])
    expect(finish(gainInSteps(pairs, 100)).meanGain).toBe(0.5)
  })

  test('of an anonymous form shows no question and no row that fewer than five have answered', () => {
    const rated: Question = { ...newQuestion('m', 'matrix'), label: words('m'), rows: choices, scale: 4 }
    const long: Question = { ...newQuestion('t', 'long'), label: words('t') }
    const of = openForms(
      [
        setForm('f', { anonymous: true }),
        ...publish('f', 1, [likert('q'), long]),
        answer('f1', '', { q: 1, t: 'yang paling dulu' }),
        ...publish('f', 2, [likert('q'), rated]),
        ...[1, 2, 3, 4, 5].map((i) => answer('f2', '', { q: 4, m: i === 5 ? { a: 3 } : { a: 3, b: 2 } })),
      ],
      true,
    )
    const { form, versions, responses } = of('f')
    const { questions } = finish(reportInSteps(form, versions, responses))
    expect(questions.map(({ question, result }) => [question.name, result.n])).toEqual([
      ['q', 6],
      ['m', 5],
    ])
    const [, matrix] = questions
    expect([matrix?.question.rows.map(({ name }) => name), JSON.stringify(questions)]).toEqual([
      ['a'],
      expect.not.stringContaining('paling dulu'),
    ])
  })
})

describe('the items of a test', () => {
  const itemsIn = (changes: Change[], boxed = false) => {
    const { form, versions, responses } = openForms([setForm('f', { purpose: 'postTest' }), ...changes], boxed)('f')
    return finish(itemsOf(form, versions, countedResponses(responses, form))).map(({ name, n, difficulty }) => [
      name,
      n,
      difficulty,
    ])
  }

  test('are those of the version that is asked now, of who answered it, each person once', () => {
    const found = itemsIn([
      ...publish('f', 1, [item('x')]),
      answer('f1', 'p', { x: 'a' }),
      ...publish('f', 2, [item('x'), item('y')]),
      answer('f2', 'q', { x: 'a', y: 'b' }),
      answer('f2', 'q', { x: 'b', y: 'a' }),
      answer('f2', 'r', { x: 'b', y: 'b' }),
    ])
    expect(found).toEqual([
      ['x', 2, 0.5],
      ['y', 2, 0],
    ])
    expect(itemsIn([setForm('f', { purpose: 'evaluation' }), ...publish('f', 1, [item('x')])])).toEqual([])
  })

  test('of an anonymous one are nobody’s while fewer than five have answered this version', () => {
    const given = (count: number) => Array.from({ length: count }, () => answer('f2', '', { x: 'a' }))
    const of = (count: number) =>
      itemsIn(
        [
          setForm('f', { anonymous: true }),
          ...publish('f', 1, [item('y')]),
          ...Array.from({ length: 5 }, () => answer('f1', '', { y: 'a' })),
          ...publish('f', 2, [item('x')]),
          ...given(count),
        ],
        true,
      )
    expect([of(4), of(5)]).toEqual([[], [['x', 5, 1]]])
  })
})

describe('the totals of an SKM index', () => {
  const matrix = (rows = choices): Question => ({ ...newQuestion('m', 'matrix'), label: words('m'), rows, scale: 4 })
  const totalsOf = (changes: Change[], boxed = false) => {
    const { form, versions, responses } = openForms(changes, boxed)('f')
    return finish(skmInSteps(form, versions, responses))
  }

  test('are those of whoever answered every element, and say how many did not', () => {
    const found = totalsOf([
      ...publish('f', 1, [likert('l'), matrix(), item('x')]),
      answer('f1', 'p', { l: 3, m: { a: 3, b: 3 } }),
      answer('f1', 'q', { l: 4, m: { a: 2, b: 3 } }),
      answer('f1', 'r', { l: 4, m: { a: 2 } }),
      answer('f1', 's', { m: { a: 2, b: 2 } }),
    ])
    expect({ ...found, labels: found.labels.map(({ id }) => id) }).toEqual({
      totals: [7, 5, 6],
      n: 2,
      leftOut: 2,
      labels: ['l', 'a', 'b'],
    })
    expect(skmIndex(found.totals, found.n)?.hundredths).toBe(7500)
  })

  test('count everybody when a rating was taken out of the form, and each row of a matrix once', () => {
    const one = choices.slice(0, 1)
    const found = totalsOf([
      ...publish('f', 1, [likert('l'), likert('gone'), matrix()]),
      answer('f1', 'p', { l: 4, gone: 4, m: { a: 4, b: 4 } }),
      ...publish('f', 2, [likert('l'), matrix(one)]),
      answer('f2', 'q', { l: 2, m: { a: 2 } }),
      answer('f2', 'r', { l: 2, m: { a: 2 } }),
    ])
    expect([found.totals, found.n, found.leftOut]).toEqual([[8, 8], 3, 0])
  })

  test('of an anonymous form are nobody’s below five', () => {
    const given = (count: number) => Array.from({ length: count }, () => answer('f1', '', { l: 4 }))
    const of = (count: number) =>
      totalsOf([setForm('f', { anonymous: true }), ...publish('f', 1, [likert('l')]), ...given(count)], true)
    expect([of(4).n, of(5).n]).toEqual([0, 5])
  })
})
