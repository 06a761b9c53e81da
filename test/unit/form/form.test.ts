import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../../../src/core/fold.ts'
import { readAnswers } from '../../../src/core/form/answer.ts'
import { checkForm } from '../../../src/core/form/check.ts'
import type { Clause } from '../../../src/core/form/condition.ts'
import { finalAnswers, findProblems, shownQuestions } from '../../../src/core/form/fill.ts'
import {
  formPurposes,
  publishVersion,
  readForms,
  readFormVersions,
  setForm,
  windowOf,
} from '../../../src/core/form/form.ts'
import { newQuestion, type Question, wordsIn } from '../../../src/core/form/question.ts'
import { readyForms } from '../../../src/core/form/ready.ts'
import { countedResponses, readResponses, respond } from '../../../src/core/form/response.ts'
import { isScored } from '../../../src/core/form/score.ts'
import { arrangeQuestions } from '../../../src/core/form/shuffle.ts'
import { type Change, encodeBody } from '../../../src/core/op.ts'

const label = { id: 'Pertanyaan', en: 'Question' }
const ask = (name: string, type: Question['type'], more: Partial<Question> = {}): Question => ({
  ...newQuestion(name, type),
  label,
  ...more,
})
const choices = ['a', 'b', 'c'].map((name) => ({ name, label }))
const when = (...clauses: Clause[]) => ({ shownIf: { match: 'all' as const, clauses } })
const is = (question: string, value: string): Clause => ({ question, comparison: 'is', value })

/** A space of one op per list of changes, a second apart. */
function spaceOf(...ops: Change[][]) {
  return fold(
    ops.map((changes, i) => ({
      dev: 'd',
      n: i + 1,
      at: (i + 1) * 1000,
      wall: 0,
      body: encodeBody(`salt-no-${i}`, changes),
    })),
  )
}

describe('filling a form in', () => {
  test('an answer that is no longer shown shows nothing else', () => {
    const questions = [
      ask('a', 'single', { choices }),
      ask('b', 'single', { choices, ...when(is('a', 'b')) }),
      ask('c', 'short', when(is('b', 'c'))),
    ]
    expect(shownQuestions(questions, { a: 'b', b: 'c' }).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(shownQuestions(questions, { a: 'a', b: 'c' }).map(({ name }) => name)).toEqual(['a'])
    expect(finalAnswers(questions, { a: 'a', b: 'c', c: 'hidden' })).toEqual({ a: 'a' })
  })

  test.each([
    [ask('q', 'single', { choices }), 'x', 'unknownChoice'],
    [ask('q', 'multiple', { choices }), ['a', 'x'], 'unknownChoice'],
    [ask('q', 'ranking', { choices }), ['a', 'b'], 'incomplete'],
    [ask('q', 'likert', { scale: 4 }), 5, 'unknownChoice'],
    [ask('q', 'matrix', { rows: choices, required: true }), { a: 1 }, 'incomplete'],
    [ask('q', 'matrix', { rows: choices }), { a: 6 }, 'unknownChoice'],
    [ask('q', 'number'), 'many', 'notNumber'],
    [ask('q', 'number', { min: 0, max: 5 }), -1, 'tooSmall'],
    [ask('q', 'number', { min: 0, max: 5 }), 6, 'tooLarge'],
    [ask('q', 'date'), '2023-02-31x', 'notDate'],
    [ask('q', 'short'), 'x'.repeat(10_000), 'tooLong'],
    [ask('q', 'long', { required: true }), '  ', 'missing'],
  ] as const)('%#: what is wrong with an answer is said', (question, answer, problem) => {
    const given = typeof answer === 'object' && 'length' in answer ? [...answer] : answer
    expect(findProblems([question], { q: given as string }).get('q')).toBe(problem)
  })

  test('only what is shown must be answered', () => {
    const questions = [ask('a', 'single', { choices }), ask('b', 'short', { required: true, ...when(is('a', 'a')) })]
    expect([...findProblems(questions, { a: 'b' })]).toEqual([])
    expect([...findProblems(questions, { a: 'a' })]).toEqual([['b', 'missing']])
  })

  test('answers of unknown shapes are left out, known ones kept', () => {
    expect(readAnswers({ a: 'x', b: 0, c: ['y'], d: { r: 2 }, e: null, f: [1], g: { r: 'x' }, h: '' })).toEqual({
      a: 'x',
      b: 0,
      c: ['y'],
      d: { r: 2 },
    })
  })
})

describe('the design of a form', () => {
  test.each([
    [[], '', 'empty'],
    [[ask('1q', 'short')], '1q', 'badName'],
    [[ask('constructor', 'short')], 'constructor', 'badName'],
    [[ask('a', 'short'), ask('a', 'short')], 'a', 'doubleName'],
    [[ask('a', 'short', { label: { id: ' ', en: '' } })], 'a', 'noLabel'],
    [[ask('a', 'single', { choices: choices.slice(1, 2) })], 'a', 'fewChoices'],
    [[ask('a', 'single', { choices: [...choices, ...choices] })], 'a', 'doubleChoice'],
    [[ask('a', 'matrix')], 'a', 'noRows'],
    [[ask('a', 'number', { min: 2, max: 1 })], 'a', 'badBounds'],
    [[ask('a', 'single', { choices, right: ['x'] })], 'a', 'unknownRight'],
    [[ask('a', 'short', when(is('gone', 'x')))], 'a', 'unknownQuestion'],
    [[ask('a', 'short', when(is('b', 'x'))), ask('b', 'short', when(is('a', 'x')))], 'a', 'laterQuestion'],
    [[ask('a', 'short', when(is('a', 'x')))], 'a', 'laterQuestion'],
  ] as const)('%#: what must be mended is named', (questions, at, problem) => {
    expect(checkForm([...questions]).get(at)).toBe(problem)
  })

  test.each(readyForms.map((form) => [form.key, form] as const))(
    'the ready form %s can be used as it is',
    (_, form) => {
      expect([...checkForm(form.questions)]).toEqual([])
      const texts = form.questions.flatMap(({ label, choices, rows }) => [
        label,
        ...[...choices, ...rows].map((one) => one.label),
      ])
      expect([...texts, form.title, form.intro].filter((words) => !words.id || !words.en)).toEqual([])
    },
  )

  test('the ready forms are those of domain.md 5, for every purpose, with as many items', () => {
    const items = ({ questions }: (typeof readyForms)[number]) =>
      questions.reduce((sum, { type, rows }) => sum + (type === 'matrix' ? rows.length : 1), 0)
    expect(readyForms.map((form) => [form.key, form.anonymous, items(form)])).toEqual([
      ['preTest', false, 10],
      ['postTest', false, 10],
      ['eventEvaluation', true, 9],
      ['speakerEvaluation', true, 11],
      ['pulse', true, 3],
      ['assessment', true, 6],
      ['followUp30', false, 3],
      ['followUp60', false, 3],
      ['followUp90', false, 3],
      ['superior', false, 3],
    ])
    expect(new Set(readyForms.map(({ purpose }) => purpose))).toEqual(new Set(formPurposes))
    const [preTest] = readyForms
    expect(preTest?.questions.every((question) => isScored(question) && question.choices.length === 4)).toBe(true)
  })

  test('a text that is missing in one language is shown in the other', () => {
    expect(wordsIn({ id: 'Ya', en: '' }, 'en')).toBe('Ya')
    expect(wordsIn({ id: 'Ya', en: 'Yes' }, 'en')).toBe('Yes')
  })
})

describe('a random order', () => {
  const questions = [
    ask('s', 'section'),
    ask('a', 'short'),
    ask('b', 'short'),
    ask('c', 'short'),
    ask('d', 'single', { choices }),
    ask('e', 'short', when(is('d', 'a'))),
  ]

  test('is the same for one seed, and holds every question once', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const order = arrangeQuestions(questions, { questions: true, choices: true }, seed)
        expect(order).toEqual(arrangeQuestions(questions, { questions: true, choices: true }, seed))
        expect(order.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 's'])
        expect(order.map(({ name }) => name).join('')).toMatch(/^s[abc]{3}de$/)
      }),
    )
  })

  test('differs between seeds', () => {
    const orders = new Set(
      Array.from({ length: 60 }, (_, seed) =>
        arrangeQuestions(questions, { questions: true, choices: false }, `${seed}`)
          .map(({ name }) => name)
          .join(''),
      ),
    )
    expect(orders.size).toBe(6)
  })
})

describe('forms in the log', () => {
  const [ready] = readyForms
  const title = { id: 'Tes', en: 'Test' }

  test('come back as they were written, and a new version leaves the old one', () => {
    const questions = ready?.questions ?? []
    const second = questions.slice(1)
    const space = spaceOf(
      [
        setForm('f', { title, purpose: 'preTest', attempts: 2, closesAt: 5 }),
        ...publishVersion({ id: 'v1', form: 'f', number: 1, questions }),
      ],
      publishVersion({ id: 'v2', form: 'f', number: 2, questions: second }),
    )
    expect(readForms(space).get('f')).toMatchObject({
      title,
      purpose: 'preTest',
      attempts: 2,
      closesAt: 5,
      version: 'v2',
      anonymous: false,
    })
    expect(readFormVersions(space).get('v1')).toEqual({ id: 'v1', form: 'f', number: 1, questions })
    expect(readFormVersions(space).get('v2')?.questions).toEqual(second)
  })

  test('every ready form survives being written', () => {
    for (const { questions } of readyForms) {
      const space = spaceOf(publishVersion({ id: 'v', form: 'f', number: 1, questions }))
      expect(readFormVersions(space).get('v')?.questions).toEqual(questions)
    }
  })

  test('a response outside of the window is kept and marked late', () => {
    const answer = (person: string) => [respond({ form: 'f', version: 'v1', person, answers: { a: 'x' } })]
    const space = spaceOf(
      [setForm('f', { title, open: true, opensAt: 1500, closesAt: 3500 })],
      answer('p'),
      answer('q'),
      answer('r'),
    )
    const form = readForms(space).get('f')
    if (!form) throw new Error('no form')
    expect(readResponses(space, form).map(({ person, late }) => [person, late])).toEqual([
      ['p', false],
      ['q', false],
      ['r', true],
    ])
    expect([1000, 1500, 3500, 3501].map((now) => windowOf(form, now))).toEqual(['before', 'open', 'open', 'closed'])
    expect(windowOf({ ...form, open: false }, 2000)).toBe('draft')
  })

  test('one person counts once, with the last of the allowed attempts, also after a merge', () => {
    const answer = (person: string, a: string) => [respond({ form: 'f', version: 'v1', person, answers: { a } })]
    const same: Change[] = [{ type: 'add', kind: 'same', fields: { a: 'p', b: 'p2' } }]
    const space = spaceOf(
      [setForm('f', { title })],
      answer('p', '1'),
      answer('p2', '2'),
      answer('p', '3'),
      answer('q', '1'),
      same,
    )
    const form = readForms(space).get('f')
    if (!form) throw new Error('no form')
    const countedWith = (attempts: number) =>
      countedResponses(readResponses(space, form), { attempts }).map(({ person, answers }) => `${person}${answers.a}`)
    expect([1, 2, 0].map(countedWith)).toEqual([
      ['p1', 'q1'],
      ['p2', 'q1'],
      ['p3', 'q1'],
    ])
  })
})
