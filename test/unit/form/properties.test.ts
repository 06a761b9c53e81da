import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../../src/core/form/answer.ts'
import { publishVersion, setForm } from '../../../src/core/form/form.ts'
import { gainInSteps } from '../../../src/core/form/gain.ts'
import { analyseItems } from '../../../src/core/form/items.ts'
import { pairScores } from '../../../src/core/form/report.ts'
import { respond } from '../../../src/core/form/response.ts'
import { rateResult, resultOf } from '../../../src/core/form/results.ts'
import { scoreOf } from '../../../src/core/form/score.ts'
import { finish } from '../../../src/core/steps.ts'
import { openForms } from '../../support/formSpace.ts'
import { asked, countOf, expectClose, names, some, sum } from '../../support/secondWay.ts'

describe('distributions', () => {
  const scale = fc.constantFrom(4 as const, 5 as const)

  test('of ratings count, average and share what is on the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 7 })), scale, (ratings, scale) => {
        const valid = ratings.filter((rating) => rating >= 1 && rating <= scale)
        const { n, counts, mean, positive, percent } = rateResult(ratings, scale)
        expect([n, counts]).toEqual([valid.length, [1, 2, 3, 4, 5].slice(0, scale).map((at) => countOf(valid, at))])
        const average = valid.length === 0 ? undefined : sum(valid) / valid.length
        expectClose(mean, average)
        expectClose(
          positive,
          valid.length === 0 ? undefined : valid.filter((one) => one > scale - 2).length / valid.length,
        )
        expectClose(percent, scale === 5 || average === undefined ? undefined : ((average - 1) / 3) * 75 + 25)
      }),
    )
  })

  test('of choices count each person once for each choice', () => {
    fc.assert(
      fc.property(fc.array(some), (chosen) => {
        const result = resultOf(
          asked('multiple'),
          chosen.map((q) => ({ q: [...q, ...q] })),
        )
        const counts = names.map((name) => ({ name, count: chosen.filter((one) => one.includes(name)).length }))
        expect(result).toEqual({ kind: 'choices', n: chosen.length, counts })
      }),
    )
  })

  test('of numbers have as many values below the median as above it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const result = resultOf(
          asked('number'),
          values.map((q) => ({ q })),
        )
        if (result?.kind !== 'numbers' || result.median === undefined) throw new Error('no median')
        const { median, mean, least, most } = result
        const below = values.filter((value) => value < median).length
        const above = values.filter((value) => value > median).length
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2)
        expect([least, most]).toEqual([Math.min(...values), Math.max(...values)])
        expectClose((mean ?? 0) / 1e9, sum(values) / values.length / 1e9)
      }),
    )
  })

  test('of rankings are means of places, best first', () => {
    const order = fc.shuffledSubarray(names, { minLength: names.length })
    fc.assert(
      fc.property(fc.array(order, { minLength: 1 }), (orders) => {
        const result = resultOf(
          asked('ranking'),
          orders.map((q) => ({ q })),
        )
        if (result?.kind !== 'ranking') throw new Error('no ranking')
        for (const { name, mean } of result.places)
          expectClose(mean, sum(orders.map((one) => one.indexOf(name) + 1)) / orders.length)
        expect(result.places.map(({ mean }) => mean)).toEqual(
          result.places.map(({ mean }) => mean).sort((a, b) => a - b),
        )
        expect(sum(result.places.map(({ mean }) => mean))).toBeCloseTo(1 + 2 + 3 + 4, 9)
      }),
    )
  })
})

describe('tests', () => {
  const scored = fc.array(fc.record({ points: fc.integer({ min: 0, max: 9 }), right: some, given: fc.option(some) }))

  test('give the points of every question whose chosen set is just the right one', () => {
    fc.assert(
      fc.property(scored, (items) => {
        const questions = items.map(({ points, right }, i) => asked('multiple', { name: `q${i}`, points, right }))
        const answers: Answers = {}
        items.forEach(({ given }, i) => {
          if (given) answers[`q${i}`] = [...given].reverse()
        })
        const counted = items.filter(({ right }) => right.length > 0)
        const isRight = ({ right, given }: (typeof items)[number]) =>
          names.every((name) => right.includes(name) === given?.includes(name))
        expect(scoreOf(questions, answers)).toEqual({
          points: sum(counted.filter(isRight).map(({ points }) => points)),
          most: sum(counted.map(({ points }) => points)),
        })
      }),
    )
  })

  const marks = fc.integer({ min: 1, max: 8 }).chain((width) =>
    fc.array(fc.array(fc.boolean(), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 60,
      size: 'max',
    }),
  )

  test('are analysed item by item as by counting rows', () => {
    fc.assert(
      fc.property(marks, (rows) => {
        const questions = rows[0]?.map((_, i) => asked('single', { name: `q${i}`, points: 1, right: ['a'] })) ?? []
        const responses = rows.map((row) => Object.fromEntries(row.map((mark, i) => [`q${i}`, mark ? 'a' : 'b'])))
        const total = (row: boolean[]) => countOf(row, true)
        const ranked = [...rows].sort((a, b) => total(b) - total(a))
        const half = Math.max(1, Math.floor(rows.length / 2))
        const size = rows.length < 30 ? half : Math.round(0.27 * rows.length)
        finish(analyseItems(questions, responses)).forEach(({ n, difficulty, discrimination, correlation }, i) => {
          const rightIn = (some: boolean[][]) => some.filter((row) => row[i]).length
          expect(n).toBe(rows.length)
          expectClose(difficulty, rightIn(rows) / rows.length)
          expectClose(
            discrimination,
            rightIn(ranked.slice(0, size)) / size - rightIn(ranked.slice(rows.length - size)) / size,
          )
          const [xs, ys] = [rows.map((row) => Number(row[i])), rows.map((row) => total(row) - Number(row[i]))]
          const product = (as: number[], bs: number[]) =>
            rows.length * sum(as.map((a, at) => a * (bs[at] ?? 0))) - sum(as) * sum(bs)
          const spread = product(xs, xs) * product(ys, ys)
          expectClose(correlation, spread === 0 ? undefined : product(xs, ys) / Math.sqrt(spread))
        })
      }),
    )
  })
})

describe('gains', () => {
  const most = 20
  const pair = fc.record({ before: fc.integer({ min: 0, max: most }), after: fc.integer({ min: 0, max: most }) })

  test('are means over all who could gain, and of the class the gain of the sums', () => {
    fc.assert(
      fc.property(fc.array(pair), (scores) => {
        const result = finish(
          gainInSteps(
            scores.map((one, i) => ({ person: `p${i}`, ...one })),
            most,
          ),
        )
        const able = scores.filter(({ before }) => before !== most)
        expect([result.paired, result.full]).toEqual([scores.length, scores.length - able.length])
        const gains = able.map(({ before, after }) => (after - before) / (most - before))
        expectClose(result.meanGain, able.length === 0 ? undefined : sum(gains) / able.length)
        const [before, after] = [sum(scores.map((one) => one.before)), sum(scores.map((one) => one.after))]
        const left = scores.length * most - before
        expectClose(result.classGain, left === 0 ? undefined : (after - before) / left)
        expect(result.byPerson.every(({ gain }) => gain === undefined || gain <= 1)).toBe(true)
      }),
    )
  })

  test('pair who answered both tests, each by the last attempt that counts', () => {
    const given = fc.array(
      fc.record({ test: fc.constantFrom('pre', 'post'), person: fc.constantFrom('p', 'q', 'r'), right: fc.boolean() }),
    )
    fc.assert(
      fc.property(given, fc.integer({ min: 0, max: 3 }), (answers, attempts) => {
        const question = asked('single', { points: 1, right: ['a'] })
        const publish = (form: string) => [
          setForm(form, { attempts }),
          ...publishVersion({ id: `${form}1`, form, number: 1, questions: [question] }),
        ]
        const changes = answers.map(({ test, person, right }) =>
          respond({ form: test, version: `${test}1`, person, answers: { q: right ? 'a' : 'b' } }),
        )
        const of = openForms([...publish('pre'), ...publish('post'), ...changes])
        const scoreIn = (test: string, person: string) => {
          const own = answers.filter((one) => one.test === test && one.person === person)
          const last = own.slice(0, attempts || own.length).at(-1)
          return last && (last.right ? 100 : 0)
        }
        const pairs = ['p', 'q', 'r'].flatMap((person) => {
          const [before, after] = [scoreIn('pre', person), scoreIn('post', person)]
          return before === undefined || after === undefined ? [] : [{ person, before, after }]
        })
        expect(finish(pairScores(of('pre'), of('post')))).toEqual(pairs)
      }),
    )
  })
})
