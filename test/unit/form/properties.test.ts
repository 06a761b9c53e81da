import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Answers } from '../../../src/core/form/answer.ts'
import { publishVersion, setForm } from '../../../src/core/form/form.ts'
import { gainInSteps } from '../../../src/core/form/gain.ts'
import { leastShown, showableGroups } from '../../../src/core/form/groups.ts'
import { analyseItems } from '../../../src/core/form/items.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'
import { ratesBy, tellableRates } from '../../../src/core/form/rate.ts'
import { pairScores, reportInSteps } from '../../../src/core/form/report.ts'
import { respond } from '../../../src/core/form/response.ts'
import { rateResult, resultOf } from '../../../src/core/form/results.ts'
import { scoreOf } from '../../../src/core/form/score.ts'
import { finish } from '../../../src/core/steps.ts'
import { openForms } from '../../support/formSpace.ts'

/** Every statistic is worked out a second time, in the plainest way, from answers by chance. */

const names = ['a', 'b', 'c', 'd']
const choices = names.map((name) => ({ name, label: { id: name, en: name } }))
const asked = (type: Question['type'], also: Partial<Question> = {}): Question => {
  return { ...newQuestion('q', type), choices, rows: choices, ...also }
}
const some = fc.subarray(names)
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
const close = (found: number | undefined, expected: number | undefined) =>
  expected === undefined ? expect(found).toBeUndefined() : expect(found).toBeCloseTo(expected, 9)
const countOf = <T>(values: readonly T[], value: T) => values.filter((one) => one === value).length

describe('distributions', () => {
  const scale = fc.constantFrom(4 as const, 5 as const)

  test('of ratings count, average and share what is on the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 7 })), scale, (ratings, scale) => {
        const valid = ratings.filter((rating) => rating >= 1 && rating <= scale)
        const { n, counts, mean, positive, percent } = rateResult(ratings, scale)
        expect([n, counts]).toEqual([valid.length, [1, 2, 3, 4, 5].slice(0, scale).map((at) => countOf(valid, at))])
        const average = valid.length === 0 ? undefined : sum(valid) / valid.length
        close(mean, average)
        close(positive, valid.length === 0 ? undefined : valid.filter((one) => one > scale - 2).length / valid.length)
        close(percent, scale === 5 || average === undefined ? undefined : ((average - 1) / 3) * 75 + 25)
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
        close((mean ?? 0) / 1e9, sum(values) / values.length / 1e9)
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
          close(mean, sum(orders.map((one) => one.indexOf(name) + 1)) / orders.length)
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
          close(difficulty, rightIn(rows) / rows.length)
          close(
            discrimination,
            rightIn(ranked.slice(0, size)) / size - rightIn(ranked.slice(rows.length - size)) / size,
          )
          const [xs, ys] = [rows.map((row) => Number(row[i])), rows.map((row) => total(row) - Number(row[i]))]
          const product = (as: number[], bs: number[]) =>
            rows.length * sum(as.map((a, at) => a * (bs[at] ?? 0))) - sum(as) * sum(bs)
          const spread = product(xs, xs) * product(ys, ys)
          close(correlation, spread === 0 ? undefined : product(xs, ys) / Math.sqrt(spread))
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
        close(result.meanGain, able.length === 0 ? undefined : sum(gains) / able.length)
        const [before, after] = [sum(scores.map((one) => one.before)), sum(scores.map((one) => one.after))]
        const left = scores.length * most - before
        close(result.classGain, left === 0 ? undefined : (after - before) / left)
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

describe('what is shown of few', () => {
  test('is no group below five, and nothing that the rest would tell', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }), (counts) => {
        const members = names.flatMap((name, i) => Array.from({ length: counts[i] ?? 0 }, () => name))
        const { shown, hidden } = showableGroups(members, (name) => name)
        const sizes = names.map((name) => countOf(members, name)).filter((size) => size > 0)
        expect(hidden).toBe(members.length - sum(shown.map((group) => group.members.length)))
        for (const { group, members: own } of shown) {
          expect(own.length).toBe(countOf(members, group))
          expect(own.length).toBeGreaterThanOrEqual(leastShown)
        }
        expect(hidden === 0 || hidden >= leastShown || shown.length === 0).toBe(true)
        /** No more is hidden than must be: all large groups, or those without the smallest of them. */
        const large = sizes.filter((size) => size >= leastShown).length
        expect(large - shown.length).toBeLessThanOrEqual(1)
        if (sizes.length === large) expect(shown).toHaveLength(large)
      }),
    )
  })

  test('of an anonymous form is no question that fewer than five have answered', () => {
    const text = asked('long', { name: 't' })
    const given = fc.array(fc.record({ q: fc.integer({ min: 1, max: 5 }), t: fc.option(fc.constant('teks')) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(given, (answers) => {
        const version = publishVersion({ id: 'f1', form: 'f', number: 1, questions: [asked('likert'), text] })
        const responses = answers.map(({ q, t }) => {
          const filled: Record<string, Answer> = { q, ...(t && { t }) }
          return respond({ form: 'f', version: 'f1', person: '', answers: filled })
        })
        const {
          form,
          versions,
          responses: read,
        } = openForms([setForm('f', { anonymous: true }), ...version, ...responses], true)('f')
        const { questions, hidden } = finish(reportInSteps(form, versions, read))
        const texts = answers.filter(({ t }) => t !== null).length
        expect(hidden).toBe(answers.length < leastShown)
        expect(questions.map(({ question }) => question.name)).toEqual([
          ...(answers.length >= leastShown ? ['q'] : []),
          ...(texts >= leastShown ? ['t'] : []),
        ])
      }),
    )
  })

  test('rates of a form without names are of groups of five or more, and sum up to no smaller one', () => {
    const person = fc.record({
      role: fc.constantFrom('p', 'q', 'r'),
      sessions: fc.subarray(['s', 't']),
      answered: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(person, { maxLength: 30 }), fc.constantFrom('', 's'), (people, session) => {
        const of = (chosen: typeof people) => ({
          answered: chosen.filter(({ answered }) => answered).length,
          present: chosen.length,
        })
        const asked = ['s', 't'].filter((one) => session === '' || session === one)
        const seenAt = (one: string) => people.filter(({ sessions }) => sessions.includes(one))
        const { roles, sessions } = tellableRates({
          seen: new Map(['s', 't'].map((one) => [one, seenAt(one).map((who) => String(people.indexOf(who)))])),
          answered: new Set(people.flatMap(({ answered }, i) => (answered ? [String(i)] : []))),
          roleOf: (id) => people[Number(id)]?.role ?? '',
          session,
        })
        const large = asked.filter((one) => seenAt(one).length >= leastShown)
        expect(sessions).toEqual(large.map((group) => ({ group, ...of(seenAt(group)) })))
        const everybody = people.filter((who) => asked.some((one) => who.sessions.includes(one)))
        for (const { group, ...rate } of roles) expect(rate).toEqual(of(everybody.filter(({ role }) => role === group)))
        const rest = everybody.length - sum(roles.map(({ present }) => present))
        expect(roles.every(({ present }) => present >= leastShown)).toBe(true)
        expect(rest === 0 || rest >= leastShown || roles.length === 0).toBe(true)
      }),
    )
  })

  test('rates count of each group who was seen and who of those has answered', () => {
    const seen = fc.uniqueArray(fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(seen, seen, (present, answered) => {
        const groupOf = (person: string) => `g${Number(person) % 3}`
        const rates = finish(ratesBy(present.map(String), new Set(answered.map(String)), groupOf))
        for (const group of ['g0', 'g1', 'g2']) {
          const own = present.filter((person) => groupOf(String(person)) === group)
          const rate = { answered: own.filter((person) => answered.includes(person)).length, present: own.length }
          expect(rates.get(group)).toEqual(own.length > 0 ? rate : undefined)
        }
      }),
    )
  })
})
