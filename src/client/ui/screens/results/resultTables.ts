import type { TFunction } from 'i18next'
import { type Choice, type Question, wordsIn } from '../../../../core/form/question.ts'
import type { QuestionResult, RatingResult } from '../../../../core/form/results.ts'
import { isScored } from '../../../../core/form/score.ts'
import type { Language } from '../../../i18n/i18n.ts'
import { useLanguage, useWords } from '../../words.ts'
import type { Bar } from './BarList.tsx'
import { numbersIn } from './numbers.ts'
import type { TableOfResult } from './ResultTable.tsx'

/** What is said of a question's result: a line, bars where shares of a whole make sense, and the numbers as a table. */
export type Shown = { summary: string; bars: Bar[]; table: TableOfResult }

/** Tells results in the words and numbers of the screen. */
export function useShownResults() {
  return showResults(useWords('results'), useLanguage())
}

/** Tells results in the words and numbers of a language. */
export function showResults(t: TFunction, language: Language) {
  const { decimal, percent } = numbersIn(language)
  const labelOf = (choices: Choice[], name: string) => {
    const found = choices.find((choice) => choice.name === name)
    return found ? wordsIn(found.label, language) : name
  }
  const shareOf = (count: number, n: number) => (n === 0 ? 0 : count / n)

  function ratingName(question: Question, rating: number): string {
    const end = rating === 1 ? question.low : rating === question.scale ? question.high : undefined
    const said = end ? wordsIn(end, language) : ''
    return said ? `${rating} – ${said}` : String(rating)
  }
  function ratingSummary({ n, mean, positive, percent: index }: RatingResult): string {
    const base = t('ratingSummary', { count: n, mean: decimal(mean), positive: percent(positive) })
    return index === undefined ? base : `${base} · ${t('index', { index: decimal(index) })}`
  }
  function counted(names: { name: string; count: number }[], n: number) {
    const bars = names.map(({ name, count }) => {
      const share = shareOf(count, n)
      return { name, share, said: t('countOf', { count, share: percent(share) }) }
    })
    const rows = names.map(({ name, count }) => [name, String(count), percent(shareOf(count, n))])
    return { bars, table: { head: [t('answer'), t('count'), t('share')], rows } }
  }

  return (question: Question, result: QuestionResult): Shown => {
    switch (result.kind) {
      case 'choices': {
        const names = result.counts.map(({ name, count }) => {
          const label = labelOf(question.choices, name)
          return { name: isScored(question) && question.right.includes(name) ? t('right', { label }) : label, count }
        })
        return { summary: t('n', { count: result.n }), ...counted(names, result.n) }
      }
      case 'dates': {
        const names = result.counts.map(({ day, count }) => ({ name: day, count }))
        return { summary: t('n', { count: result.n }), ...counted(names, result.n) }
      }
      case 'ratings': {
        const names = result.counts.map((count, at) => ({ name: ratingName(question, at + 1), count }))
        return { summary: ratingSummary(result), ...counted(names, result.n) }
      }
      case 'matrix': {
        const bars = result.rows.map(({ name, ratings }) => ({
          name: labelOf(question.rows, name),
          said: ratingSummary(ratings),
          share: (ratings.mean ?? 0) / question.scale,
        }))
        const rows = result.rows.map(({ name, ratings: { n, mean, positive, percent: index } }) => [
          labelOf(question.rows, name),
          String(n),
          decimal(mean),
          percent(positive),
          ...(question.scale === 4 ? [decimal(index)] : []),
        ])
        const head = [t('item'), t('number'), t('mean'), t('positive'), ...(question.scale === 4 ? [t('index25')] : [])]
        return { summary: t('n', { count: result.n }), bars, table: { head, rows } }
      }
      case 'ranking': {
        const rows = result.places.map(({ name, mean }) => [labelOf(question.choices, name), decimal(mean, 1)])
        const bars = result.places.map(({ name, mean }) => ({
          name: labelOf(question.choices, name),
          said: t('meanPlace', { place: decimal(mean, 1) }),
          share: 1 - (mean - 1) / Math.max(1, question.choices.length),
        }))
        return { summary: t('n', { count: result.n }), bars, table: { head: [t('answer'), t('place')], rows } }
      }
      case 'numbers': {
        const { n, mean, median, least, most } = result
        const rows = [
          [t('number'), String(n)],
          [t('mean'), decimal(mean)],
          [t('median'), decimal(median)],
          [t('least'), decimal(least)],
          [t('most'), decimal(most)],
        ]
        const summary = t('numberSummary', { count: n, mean: decimal(mean), median: decimal(median) })
        return { summary, bars: [], table: { head: [t('measure'), t('value')], rows } }
      }
      case 'texts':
        return {
          summary: t('n', { count: result.n }),
          bars: [],
          table: { head: [t('answer')], rows: result.texts.map((text) => [text]) },
        }
    }
  }
}
