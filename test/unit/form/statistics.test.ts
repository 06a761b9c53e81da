import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classOfGain, gainInSteps, gainOf } from '../../../src/core/form/gain.ts'
import { showableGroups } from '../../../src/core/form/groups.ts'
import { analyseItems, classOfDifficulty, classOfDiscrimination } from '../../../src/core/form/items.ts'
import { newQuestion } from '../../../src/core/form/question.ts'
import { rateResult, resultOf } from '../../../src/core/form/results.ts'
import { scoreOf } from '../../../src/core/form/score.ts'
import { gradeOfSkm, skmIndex } from '../../../src/core/form/skm.ts'
import { finish } from '../../../src/core/steps.ts'

/** `times(3, 2)` is the rating 3, twice. */
const times = (rating: number, count: number) => Array.from({ length: count }, () => rating)

/** Published by github.com/rennn9/GASPUL_BACKEND (rumus_perhitungan_ikm_lengkap.md), after the regulation's annex. */
describe('the SKM index of Permenpan RB 14/2017', () => {
  const example = [105, 101, 100, 116, 102, 105, 106, 105, 115]

  test('is that of the regulation’s own example, with either weight', () => {
    expect(skmIndex(example, 29)).toMatchObject({ hundredths: 9148, grade: 'A' })
    expect(skmIndex(example, 29, 'printed')).toMatchObject({ hundredths: 9056, grade: 'A' })
  })

  test('all “baik” is 75,00 and C, all “sangat baik” 100,00 and A, or 99,00 with the printed weight', () => {
    expect(skmIndex(Array(9).fill(30), 10)).toMatchObject({ hundredths: 7500, grade: 'C' })
    expect(skmIndex(Array(9).fill(40), 10)).toMatchObject({ hundredths: 10_000, grade: 'A' })
    expect(skmIndex(Array(9).fill(40), 10, 'printed')?.hundredths).toBe(9900)
  })

  test('is classified after it was rounded, without the gaps of the printed table', () => {
    const grades = [2500, 6499, 6500, 7660, 7661, 8830, 8831, 10_000].map(gradeOfSkm)
    expect(grades).toEqual(['D', 'D', 'C', 'C', 'B', 'B', 'A', 'A'])
  })

  test('weighs fewer elements alike and has no value for nobody', () => {
    expect(skmIndex([12, 12], 4)?.hundredths).toBe(7500)
    expect(skmIndex([], 4)).toBeUndefined()
    expect(skmIndex([0, 0], 0)).toBeUndefined()
  })

  test('equals the exact fraction, rounded half up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 9 }),
        (n, ratings) => {
          const sum = ratings.reduce((all, rating) => all + rating * n, 0)
          const scaled = (BigInt(sum) * 2500n * 2n + BigInt(n * ratings.length)) / BigInt(2 * n * ratings.length)
          expect(
            skmIndex(
              ratings.map((rating) => rating * n),
              n,
            )?.hundredths,
          ).toBe(Number(scaled))
        },
      ),
    )
  })
})

describe('ratings', () => {
  /** text-id.123dok.com/document/rz3m22w9y: a questionnaire of a thesis, worked out there. */
  test('are converted as in the published check: 2×4 + 51×3 + 10×2 + 1×1 of 64 gives 71,09', () => {
    const result = rateResult([...times(4, 2), ...times(3, 51), ...times(2, 10), ...times(1, 1)], 4)
    expect(result.counts).toEqual([1, 10, 51, 2])
    expect(result.percent?.toFixed(2)).toBe('71.09')
    expect(result.positive).toBeCloseTo(53 / 64)
  })

  test('outside of the scale do not count, and nothing has no mean', () => {
    expect(rateResult([0, 6, 2.5, 5], 5)).toMatchObject({ n: 1, counts: [0, 0, 0, 0, 1], mean: 5, percent: undefined })
    expect(rateResult([], 4)).toMatchObject({ n: 0, mean: undefined, positive: undefined, percent: undefined })
  })
})

describe('the gain between two tests', () => {
  test('is classed as its exact fraction is, whatever the number of points', () => {
    const points = fc.integer({ min: 1, max: 200 }).chain((most) =>
      fc.record({
        most: fc.constant(most),
        before: fc.integer({ min: 0, max: most - 1 }),
        after: fc.integer({ min: 0, max: most }),
      }),
    )
    fc.assert(
      fc.property(points, ({ most, before, after }) => {
        const [gained, left] = [(after - before) * 10, most - before]
        const exact = gained < 0 ? 'down' : gained >= 7 * left ? 'high' : gained >= 3 * left ? 'medium' : 'low'
        const percent = (of: number) => (of / most) * 100
        expect(classOfGain(gainOf(percent(before), percent(after), 100) ?? 0)).toBe(exact)
      }),
      { examples: [[{ most: 17, before: 7, after: 14 }]] },
    )
  })

  /** text-id.123dok.com/document/7q029rg3y, after Hake (1998): the same 3 points are more, the fewer were left. */
  test('tells apart two pupils who gained 3 points of 10 each, one from 4 and one from 7', () => {
    expect([gainOf(4, 7, 10), gainOf(7, 10, 10)]).toEqual([0.5, 1])
  })

  /** Worked by hand: (8−4)/6, (5−5)/5, (9−2)/8, (3−6)/4; the fifth had every point before. */
  const pairs = [
    { person: 'a', before: 4, after: 8 },
    { person: 'b', before: 5, after: 5 },
    { person: 'c', before: 2, after: 9 },
    { person: 'd', before: 6, after: 3 },
    { person: 'e', before: 10, after: 9 },
  ]

  test('is computed for each person and for the class', () => {
    const result = finish(gainInSteps(pairs, 10))
    expect(result.byPerson.map(({ gain }) => gain && Number(gain.toFixed(4)))).toEqual([
      0.6667,
      0,
      0.875,
      -0.75,
      undefined,
    ])
    expect([result.paired, result.full]).toEqual([5, 1])
    expect(result.meanGain).toBeCloseTo((4 / 6 + 0 + 7 / 8 - 3 / 4) / 4, 10)
    expect([result.meanBefore, result.meanAfter]).toEqual([5.4, 6.8])
    expect(result.classGain).toBeCloseTo(1.4 / 4.6, 10)
  })

  test('is classified as by Hake, and less knowledge has a class of its own', () => {
    expect([1, 0.7, 0.69, 0.3, 0.29, 0, -0.01].map(classOfGain)).toEqual([
      'high',
      'high',
      'medium',
      'medium',
      'low',
      'low',
      'down',
    ])
    expect(gainOf(10, 10, 10)).toBeUndefined()
  })

  test('of nobody is nothing', () => {
    expect(finish(gainInSteps([], 10))).toMatchObject({ paired: 0, full: 0, meanGain: undefined, classGain: undefined })
  })
})

describe('the analysis of items', () => {
  const item = (name: string) => ({ ...newQuestion(name, 'single'), points: 1, right: ['1'] })
  const answersOf = (marks: string) => Object.fromEntries([...marks].map((mark, i) => [`q${i + 1}`, mark]))
  /**
   * Ten students, ten questions, best first: the “Item Analysis Worksheet” that teaching courses hand out
   * (scribd.com/doc/169972772, studylib.net/doc/25270846). Of questions 5 and 9 it prints 0.8 and 0.3 as difficulty,
   * which are not the sums of its own counts, 5 + 2 and 1 + 3 of ten.
   */
  const worksheet = [
    '1111111111',
    '1111111101',
    '1101111100',
    '0111110101',
    '1110111001',
    '1110110100',
    '0110110101',
    '0111001010',
    '1110000011',
    '0100010010',
  ].map(answersOf)
  const questions = Array.from({ length: 10 }, (_, i) => item(`q${i + 1}`))

  test('gives the worksheet’s own discrimination and difficulty', () => {
    const results = finish(analyseItems(questions, worksheet))
    expect(results.map(({ discrimination }) => Number(discrimination.toFixed(1)))).toEqual([
      0.4, 0, 0, 0.6, 0.6, 0.4, 0.6, 0.4, -0.4, 0.4,
    ])
    expect(results.map(({ difficulty }) => difficulty)).toEqual([0.6, 1, 0.8, 0.5, 0.7, 0.8, 0.5, 0.6, 0.4, 0.6])
    expect(results[1]?.correlation).toBeUndefined()
    expect(results[8]?.correlation).toBeLessThan(0)
  })

  test('compares 27 % of a larger class: 9 of 11 against 3 of 11 is 0,55', () => {
    const others = Array.from({ length: 20 }, (_, i) => item(`o${i}`))
    /** The better a student stands, the more of the other questions are right. */
    const responses = Array.from({ length: 40 }, (_, i) => {
      const known = Object.fromEntries(others.map(({ name }, at) => [name, at * 2 < 40 - i ? '1' : '0']))
      const isRight = i < 11 ? i < 9 : i >= 29 ? i < 32 : i % 2 === 0
      return { ...known, q: isRight ? '1' : '0' }
    })
    const result = finish(analyseItems([...others, item('q')], responses)).at(-1)
    expect(result?.discrimination).toBeCloseTo(6 / 11, 2)
  })

  test('has classes for both', () => {
    expect([0.71, 0.7, 0.3, 0.29].map(classOfDifficulty)).toEqual(['easy', 'medium', 'medium', 'hard'])
    expect([0.4, 0.3, 0.2, 0.19, -1].map(classOfDiscrimination)).toEqual(['veryGood', 'good', 'fair', 'poor', 'poor'])
    expect(finish(analyseItems(questions, []))).toEqual([])
  })
})

describe('results of other questions', () => {
  const choices = ['a', 'b', 'c'].map((name) => ({ name, label: { id: name, en: name } }))

  test('count choices, also several of one person, and leave out what is no choice', () => {
    const question = { ...newQuestion('q', 'multiple'), choices }
    const result = resultOf(question, [{ q: ['a', 'b'] }, { q: ['b', 'b', 'x'] }, {}])
    expect(result).toEqual({
      kind: 'choices',
      n: 2,
      counts: [
        { name: 'a', count: 1 },
        { name: 'b', count: 2 },
        { name: 'c', count: 0 },
      ],
    })
  })

  test('order choices by their mean place', () => {
    const question = { ...newQuestion('q', 'ranking'), choices }
    const result = resultOf(question, [{ q: ['b', 'a', 'c'] }, { q: ['b', 'c', 'a'] }])
    expect(result).toEqual({
      kind: 'ranking',
      n: 2,
      places: [
        { name: 'b', mean: 1 },
        { name: 'a', mean: 2.5 },
        { name: 'c', mean: 2.5 },
      ],
    })
  })

  test('of numbers are mean, median and ends', () => {
    const question = newQuestion('q', 'number')
    expect(resultOf(question, [{ q: 4 }, { q: 1 }, { q: 7 }, { q: 2 }])).toMatchObject({
      n: 4,
      mean: 3.5,
      median: 3,
      least: 1,
      most: 7,
    })
    expect(resultOf(question, [{ q: 9 }, { q: 1 }, { q: 2 }])).toMatchObject({ median: 2 })
    expect(resultOf(question, [])).toMatchObject({ n: 0, mean: undefined, median: undefined })
  })

  test('of a matrix are ratings of each row, whoever skipped one', () => {
    const question = { ...newQuestion('q', 'matrix'), rows: choices, scale: 4 as const }
    const result = resultOf(question, [{ q: { a: 4, b: 3 } }, { q: { a: 2, constructor: 1 } }])
    expect(result).toMatchObject({
      n: 2,
      rows: [
        { name: 'a', ratings: { n: 2, mean: 3 } },
        { name: 'b', ratings: { n: 1 } },
        { name: 'c', ratings: { n: 0 } },
      ],
    })
  })

  test('a score wants every right choice and no other', () => {
    const questions = [
      { ...newQuestion('one', 'single'), choices, points: 2, right: ['a'] },
      { ...newQuestion('many', 'multiple'), choices, points: 3, right: ['a', 'c'] },
    ]
    expect(scoreOf(questions, { one: 'a', many: ['c', 'a'] })).toEqual({ points: 5, most: 5 })
    expect(scoreOf(questions, { one: 'b', many: ['a', 'b', 'c'] })).toEqual({ points: 0, most: 5 })
  })
})

describe('groups that are shown', () => {
  const people = (sizes: Record<string, number>) =>
    Object.entries(sizes).flatMap(([group, size]) => Array.from({ length: size }, () => group))
  const shown = (sizes: Record<string, number>) => {
    const groups = showableGroups(people(sizes), (group) => group)
    return [groups.shown.map(({ group }) => group).join(''), groups.hidden]
  }

  test('have at least five responses', () => {
    expect(shown({ a: 9, b: 5 })).toEqual(['ab', 0])
    expect(shown({ a: 9, b: 4, c: 3 })).toEqual(['a', 7])
    expect(shown({ a: 4 })).toEqual(['', 4])
  })

  test('do not give away a small one by what is left of the total', () => {
    expect(shown({ a: 9, b: 6, c: 2 })).toEqual(['a', 8])
  })
})
