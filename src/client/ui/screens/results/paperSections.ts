import type { TFunction } from 'i18next'
import type { EventRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { classOfGain } from '../../../../core/form/gain.ts'
import { classOfDifficulty, classOfDiscrimination, type ItemResult, itemsOf } from '../../../../core/form/items.ts'
import { type Measure, measuresOf, shownValues } from '../../../../core/form/measure.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import type { FormReport } from '../../../../core/form/report.ts'
import type { Response } from '../../../../core/form/response.ts'
import { meanOf } from '../../../../core/form/results.ts'
import { type SkmWeight, skmIndex } from '../../../../core/form/skm.ts'
import { skmInSteps } from '../../../../core/form/skmAnswers.ts'
import type { Steps } from '../../../../core/steps.ts'
import type { PaperBar, PaperQuestion } from '../../../../documents/pdf/results.ts'
import { type Grouping, groupings, groupResponses, questionsOf, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { nameOfGroup, nameOfGrouping } from './groupNames.ts'
import { nameOfMeasure } from './measureNames.ts'
import { changeWords, numbersIn } from './numbers.ts'
import { gainsWith } from './testPair.ts'

export type Reported = {
  space: OpenSpace
  event: EventRecord
  form: FormRecord
  report: FormReport
  /** Those that count. */
  responses: Response[]
  /** As it was chosen on the screen. */
  weight: SkmWeight
}

const { decimal } = numbersIn('id')

/** The index of Permenpan RB 14/2017, as the screen shows it. */
function* skmSections(t: TFunction, { space, form, responses, weight }: Reported): Steps<PaperQuestion[]> {
  if (form.purpose !== 'evaluation') return []
  const { labels, totals, n, leftOut } = yield* skmInSteps(form, versionsOf(space), responses)
  const index = skmIndex(totals, n, weight)
  if (!index) return []
  const grade = t('skm.grade', { grade: index.grade, said: t(`skm.grades.${index.grade}`) })
  const basis = [
    t('skm.basis', { count: n, elements: totals.length, weight: t(`skm.weights.${index.weight}`) }),
    leftOut > 0 && t('skm.leftOut', { count: leftOut }),
  ]
  return [
    {
      label: `${t('skm.title')}: ${decimal(index.hundredths / 100)}`,
      summary: `${grade}. ${basis.filter(Boolean).join(' ')} ${t('skm.note')}`,
      bars: [],
      rows: index.means.map((mean, i) => [wordsIn(labels[i] ?? { id: '', en: '' }, 'id'), decimal(mean, 3)]),
    },
  ]
}

/** What was learnt, for all together: scores of persons stay on the screen. */
function* gainSections(t: TFunction, { space, form }: Reported): Steps<PaperQuestion[]> {
  const classed = (value: number | undefined) =>
    value === undefined ? '–' : `${decimal(value)} (${t(`gain.classes.${classOfGain(value)}`)})`
  return (yield* gainsWith(space, form)).flatMap(({ before, after, result: gain }): PaperQuestion[] => {
    if (gain.paired === 0) return []
    const counted = [t('gain.paired', { count: gain.paired }), gain.full > 0 && t('gain.full', { count: gain.full })]
    return [
      {
        label: t('gain.of', { before: wordsIn(before.title, 'id'), after: wordsIn(after.title, 'id') }),
        summary: counted.filter(Boolean).join(' '),
        bars: [],
        rows: [
          [t('gain.before'), decimal(gain.meanBefore, 1)],
          [t('gain.after'), decimal(gain.meanAfter, 1)],
          [t('gain.change'), changeWords(t, 'id', [gain.meanBefore, gain.meanAfter], 1)],
          [t('gain.meanGain'), classed(gain.meanGain)],
          [t('gain.classGain'), classed(gain.classGain)],
        ],
      },
    ]
  })
}

/** Each question of a test: how hard it was, as a bar, and whether it tells those who know from those who do not. */
function* itemSection(t: TFunction, { space, form, responses }: Reported): Steps<PaperQuestion[]> {
  const items = yield* itemsOf(form, versionsOf(space), responses)
  const [first] = items
  if (!first) return []
  const said = ({ difficulty, discrimination }: ItemResult) => {
    const [hard, telling] = [classOfDifficulty(difficulty), classOfDiscrimination(discrimination)]
    const spoken = [t(`items.difficulties.${hard}`), t(`items.discriminations.${telling}`)]
    return `${decimal(difficulty)} (${spoken[0]}) · ${decimal(discrimination)} (${spoken[1]})`
  }
  const bars = items.map((item) => ({ name: wordsIn(item.label, 'id'), said: said(item), share: item.difficulty }))
  const columns = `${t('items.difficulty')} · ${t('items.discrimination')}`
  return [{ label: t('items.title'), summary: `${columns}. ${t('items.hint', { count: first.n })}`, bars, rows: [] }]
}

type Grouped = { by: Grouping; shown: { group: string; members: Response[] }[] }

/**
 * The means of a test's scores, or of a question's ratings, by group; a group that is too small to be shown is not, nor
 * is a mean of fewer than five.
 */
function* groupSection(
  t: TFunction,
  event: EventRecord,
  { by, shown }: Grouped,
  measures: readonly Measure[],
): Steps<PaperQuestion[]> {
  const bars: PaperBar[] = []
  for (const measure of measures)
    for (const { group, members } of shown) {
      yield
      const values = shownValues(measure, members)
      const mean = meanOf(values)
      if (mean === undefined) continue
      const name = [measure.row && wordsIn(measure.row, 'id'), nameOfGroup(t, by, group)].filter(Boolean).join(' – ')
      bars.push({ name, said: t('meanOf', { mean: decimal(mean), count: values.length }), share: mean / measure.most })
    }
  const [first] = measures
  const asked = first && nameOfMeasure(t, { ...first, row: undefined }, 'id')
  return bars.length > 0
    ? [{ label: `${asked} – ${nameOfGrouping(t, event, by)}`, summary: t('mean'), bars, rows: [] }]
    : []
}

/**
 * What follows from all answers together, as the screen shows it below the questions; `t`: Indonesian words of
 * `results`.
 */
export function* paperSections(t: TFunction, reported: Reported): Steps<PaperQuestion[]> {
  const { space, event, form, responses } = reported
  const measures = form.anonymous ? [] : measuresOf(questionsOf(space, form), versionsOf(space))
  const asked = [...new Set(measures.map(({ question }) => question))]
  const byQuestion = asked.map((question) => measures.filter((measure) => measure.question === question))
  const sections = [
    ...(yield* skmSections(t, reported)),
    ...(yield* gainSections(t, reported)),
    ...(yield* itemSection(t, reported)),
  ]
  if (measures.length === 0) return sections
  for (const by of groupings) {
    const { shown } = yield* groupResponses(space, responses, by)
    for (const some of byQuestion) sections.push(...(yield* groupSection(t, event, { by, shown }, some)))
  }
  return sections
}
