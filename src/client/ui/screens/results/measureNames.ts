import type { TFunction } from 'i18next'
import type { Measure } from '../../../../core/form/measure.ts'
import { wordsIn } from '../../../../core/form/question.ts'

/** How a measure is called, in the words of `results`. */
export function nameOfMeasure(t: TFunction, { question, row }: Measure, language: string): string {
  if (!question) return t('groups.score')
  return [question.label, row]
    .map((words) => words && wordsIn(words, language))
    .filter(Boolean)
    .join(' – ')
}
