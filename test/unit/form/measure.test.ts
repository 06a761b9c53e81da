import { expect, test } from 'vitest'
import type { Answers } from '../../../src/core/form/answer.ts'
import type { FormVersion } from '../../../src/core/form/form.ts'
import { measuresOf, shownValues, valuesOver } from '../../../src/core/form/measure.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'

const words = (id: string) => ({ id, en: '' })
const rows = ['a', 'b'].map((name) => ({ name, label: words(name) }))
const matrix: Question = { ...newQuestion('m', 'matrix'), rows, scale: 4 }
const version = (id: string, questions: Question[]): [string, FormVersion] => [
  id,
  { id, form: 'f', number: 1, questions },
]

test('a measure reads a rating in the versions that asked it with its scale, and nothing beside the scale', () => {
  const versions = new Map([version('old', [{ ...matrix, scale: 5 }]), version('new', [matrix])])
  const [a, b] = measuresOf([matrix], versions)
  expect(a?.valueOf({ version: 'new', answers: { m: { a: 4, b: 9 } } })).toBe(4)
  expect(b?.valueOf({ version: 'new', answers: { m: { a: 4, b: 9 } } })).toBeUndefined()
  expect(a?.valueOf({ version: 'old', answers: { m: { a: 4 } } })).toBeUndefined()
  expect(a?.valueOf({ version: 'new', answers: { m: ['a'] } })).toBeUndefined()
})

test('a test is measured by the points of the version that was answered, in percent', () => {
  const choices = ['x', 'y'].map((name) => ({ name, label: words(name) }))
  const asked = (name: string, points: number): Question => {
    return { ...newQuestion(name, 'single'), choices, points, right: ['x'] }
  }
  const versions = new Map([version('old', [asked('q', 1), asked('r', 3)]), version('new', [asked('q', 1)])])
  const [score] = measuresOf([asked('q', 1)], versions)
  expect(score?.valueOf({ version: 'old', answers: { q: 'x' } })).toBe(25)
  expect(score?.valueOf({ version: 'new', answers: { q: 'x' } })).toBe(100)
  expect(score?.valueOf({ version: 'gone', answers: { q: 'x' } })).toBeUndefined()
})

test('values of fewer than five are not shown, however many answered something else', () => {
  const versions = new Map([version('new', [matrix])])
  const [a, b] = measuresOf([matrix], versions)
  const both: Answers = { m: { a: 1, b: 2 } }
  const responses = [both, both, both, both, { m: { a: 1 } }].map((answers) => ({ version: 'new', answers }))
  expect(a && shownValues(a, responses)).toHaveLength(5)
  expect(b && shownValues(b, responses)).toEqual([])
})

test('over several forms, few answers to an anonymous one count nowhere', () => {
  const [a] = measuresOf([matrix], new Map([version('new', [matrix])]))
  const rated = (a: number, count: number) =>
    Array.from({ length: count }, () => ({ version: 'new', answers: { m: { a } } }))
  const named = { anonymous: false, responses: rated(1, 2) }
  const few = { anonymous: true, responses: rated(2, 4) }
  const enough = { anonymous: true, responses: rated(3, 5) }
  expect(a && valuesOver(a, [named, few, enough])).toEqual([1, 1, 3, 3, 3, 3, 3])
})
