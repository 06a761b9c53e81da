import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import en from '../../locales/en/results.json' with { type: 'json' }
import id from '../../locales/id/results.json' with { type: 'json' }
import { changeWords } from '../../src/client/ui/screens/results/numbers.ts'
import { changeInPoints } from '../../src/core/points.ts'

const words = createInstance()
await words.init({ ns: ['results'], defaultNS: 'results', resources: { id: { results: id }, en: { results: en } } })

describe('the change of an index', () => {
  it.each([
    ['id', 86, 84.73, 'turun 1,27 poin'],
    ['id', 60, 72.5, 'naik 12,50 poin'],
    ['id', 75, 75, 'tetap'],
    ['en', 86, 84.73, 'down 1.27 points'],
  ] as const)('in %s, from %d to %d: %s', (language, before, after, said) => {
    expect(changeWords(words.getFixedT(language), language, [before, after])).toBe(said)
  })

  it('is what a reader finds who subtracts what is printed', () => {
    expect(changeInPoints(44.44, 66.67, 1)).toBe(22.3)
  })
})
