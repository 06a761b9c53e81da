import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/core/form/answer.ts'
import { publishVersion, setForm } from '../../../src/core/form/form.ts'
import { leastShown, showableGroups } from '../../../src/core/form/groups.ts'
import { ratesBy, tellableRates } from '../../../src/core/form/rate.ts'
import { reportInSteps } from '../../../src/core/form/report.ts'
import { respond } from '../../../src/core/form/response.ts'
import { finish } from '../../../src/core/steps.ts'
import { openForms } from '../../support/formSpace.ts'
import { asked, countOf, names, sum } from '../../support/secondWay.ts'

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
