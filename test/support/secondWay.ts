import fc from 'fast-check'
import { expect } from 'vitest'
import { newQuestion, type Question } from '../../src/core/form/question.ts'

/** Every statistic of a form is worked out a second time, in the plainest way, from answers by chance. */

export const names = ['a', 'b', 'c', 'd']
const choices = names.map((name) => ({ name, label: { id: name, en: name } }))
/** A question of four choices and rows, named `q`. */
export const asked = (type: Question['type'], also: Partial<Question> = {}): Question => {
  return { ...newQuestion('q', type), choices, rows: choices, ...also }
}
/** Some of the four names. */
export const some = fc.subarray(names)
export const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
export const expectClose = (found: number | undefined, expected: number | undefined) =>
  expected === undefined ? expect(found).toBeUndefined() : expect(found).toBeCloseTo(expected, 9)
export const countOf = <T>(values: readonly T[], value: T) => values.filter((one) => one === value).length
