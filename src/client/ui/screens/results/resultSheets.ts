import type { TFunction } from 'i18next'
import { classOfGain } from '../../../../core/form/gain.ts'
import { classOfDifficulty, classOfDiscrimination, itemsOf } from '../../../../core/form/items.ts'
import { measuresOf, shownValues } from '../../../../core/form/measure.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { meanOf, type RatingResult } from '../../../../core/form/results.ts'
import { skmIndex } from '../../../../core/form/skm.ts'
import { skmInSteps } from '../../../../core/form/skmAnswers.ts'
import type { Cell, Table } from '../../../../core/import/table.ts'
import type { Steps } from '../../../../core/steps.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import type { Language } from '../../../i18n/i18n.ts'
import { groupings, groupResponses, questionsOf, versionsOf } from '../../../state/forms.ts'
import { findPerson } from '../../../state/people.ts'
import { answerColumns } from './answerColumns.ts'
import { nameOfGroup, nameOfGrouping } from './groupNames.ts'
import { nameOfMeasure } from './measureNames.ts'
import type { Reported } from './paperSections.ts'
import { showResults } from './resultTables.ts'
import { gainsWith } from './testPair.ts'

const sheet = (name: string, rows: Cell[][]): Table => ({ name, rows, merges: [] })
/** A number that a spreadsheet reckons with, to the fourth place; what there is none of is an empty cell. */
const figure = (value: number | undefined): Cell => (value === undefined ? null : Math.round(value * 1e4) / 1e4)

/** Every response, one a line and a step: numbers as numbers, and no names where the form is anonymous. */
export function* answerSheet(t: TFunction, language: Language, reported: Reported): Steps<Table> {
  const { space, event, form, report, responses } = reported
  const asked = report.questions.flatMap(({ question }) =>
    answerColumns(question, language).map((column) => ({ ...column, name: question.name })),
  )
  const who = form.anonymous ? [] : [t('export.name'), event.institutionWord, t('export.day'), t('export.time')]
  const head = [t('export.number'), ...who, ...asked.map(({ head }) => head), t('export.late')]
  const rows: Cell[][] = [head]
  for (const { person: id, answers, stamp, late } of responses) {
    const { at } = stamp
    const person = findPerson(space, id)
    const own = [person?.name ?? '', person?.institution ?? '', dayAt(at, event.zone), formatTime(at, event.zone)]
    const given = asked.map(({ name, cell }) => cell(answers[name]))
    rows.push([rows.length, ...(form.anonymous ? [] : own), ...given, late ? t('export.yes') : ''])
    yield
  }
  return sheet(t('export.answers'), rows)
}

/** What the screen says of each question, one below the other. */
function questionSheet(t: TFunction, language: Language, { report }: Reported): Table {
  const show = showResults(t, language)
  const rows = report.questions.flatMap(({ question, result }): Cell[][] => {
    const { summary, table } = show(question, result)
    return [[wordsIn(question.label, language)], [summary], table.head, ...table.rows, []]
  })
  return sheet(t('export.results'), rows)
}

/** Every rating, a line for each question or row of one: how often each value was given is in the last columns. */
function ratingSheet(t: TFunction, language: Language, { report }: Reported): Table {
  const line = (label: string, { n, mean, positive, percent, counts }: RatingResult): Cell[] => [
    label,
    n,
    ...[mean, positive, percent].map(figure),
    ...counts,
  ]
  const rows = report.questions.flatMap(({ question, result }): Cell[][] => {
    const label = wordsIn(question.label, language)
    if (result.kind === 'ratings') return [line(label, result)]
    if (result.kind !== 'matrix') return []
    return result.rows.map(({ name, ratings }, i) => {
      const row = question.rows[i]
      return line(`${label} – ${row ? wordsIn(row.label, language) : name}`, ratings)
    })
  })
  const head = [t('item'), t('number'), t('mean'), t('positive'), t('index25'), 1, 2, 3, 4, 5]
  return sheet(t('export.ratings'), rows.length > 0 ? [head, ...rows] : [])
}

function* skmSheet(t: TFunction, language: Language, { space, form, responses, weight }: Reported): Steps<Table> {
  const { labels, totals, n, leftOut } = yield* skmInSteps(form, versionsOf(space), responses)
  const index = form.purpose === 'evaluation' ? skmIndex(totals, n, weight) : undefined
  if (!index) return sheet(t('skm.title'), [])
  return sheet(t('skm.title'), [
    [t('skm.title'), index.hundredths / 100],
    [t('skm.grade', { grade: index.grade, said: t(`skm.grades.${index.grade}`) })],
    [t('skm.basis', { count: n, elements: totals.length, weight: t(`skm.weights.${index.weight}`) })],
    ...(leftOut > 0 ? [[t('skm.leftOut', { count: leftOut })]] : []),
    [t('skm.note')],
    [],
    [t('item'), t('mean')],
    ...index.means.map((mean, i): Cell[] => [wordsIn(labels[i] ?? { id: '', en: '' }, language), figure(mean)]),
  ])
}

function* gainSheet(t: TFunction, language: Language, { space, form }: Reported): Steps<Table> {
  const classed = (gain: number | undefined): Cell[] =>
    gain === undefined ? [null, ''] : [figure(gain), t(`gain.classes.${classOfGain(gain)}`)]
  const rows: Cell[][] = []
  for (const { before, after, result } of yield* gainsWith(space, form)) {
    rows.push(
      [t('gain.of', { before: wordsIn(before.title, language), after: wordsIn(after.title, language) })],
      [t('gain.paired', { count: result.paired })],
      ...(result.full > 0 ? [[t('gain.full', { count: result.full })]] : []),
      [t('gain.person'), t('gain.before'), t('gain.after'), t('gain.gain'), t('export.class')],
      [t('gain.meanGain'), figure(result.meanBefore), figure(result.meanAfter), ...classed(result.meanGain)],
      [t('gain.classGain'), null, null, ...classed(result.classGain)],
    )
    for (const { person, before, after, gain } of result.byPerson) {
      rows.push([findPerson(space, person)?.name ?? '–', figure(before), figure(after), ...classed(gain)])
      yield
    }
    rows.push([])
  }
  return sheet(t('gain.gain'), rows)
}

function* itemSheet(t: TFunction, language: Language, { space, form, responses }: Reported): Steps<Table> {
  const rows = (yield* itemsOf(form, versionsOf(space), responses)).map(
    ({ label, n, difficulty, discrimination, correlation }): Cell[] => [
      wordsIn(label, language),
      n,
      figure(difficulty),
      t(`items.difficulties.${classOfDifficulty(difficulty)}`),
      figure(discrimination),
      t(`items.discriminations.${classOfDiscrimination(discrimination)}`),
      figure(correlation),
    ],
  )
  const [difficulty, discrimination] = [t('items.difficulty'), t('items.discrimination')]
  const head = [t('item'), t('number'), difficulty, t('export.class'), discrimination, t('export.class')]
  return sheet(t('items.title'), rows.length > 0 ? [[...head, t('items.correlation')], ...rows] : [])
}

/** Groups that are large enough to be shown, and of them means of enough values. */
function* groupSheet(t: TFunction, language: Language, { space, event, form, responses }: Reported): Steps<Table> {
  const measures = form.anonymous ? [] : measuresOf(questionsOf(space, form), versionsOf(space))
  const rows: Cell[][] = []
  for (const by of measures.length > 0 ? groupings : [])
    for (const { group, members } of (yield* groupResponses(space, responses, by)).shown) {
      const row: Cell[] = [nameOfGrouping(t, event, by), nameOfGroup(t, by, group), members.length]
      for (const measure of measures) {
        row.push(figure(meanOf(shownValues(measure, members))))
        yield
      }
      rows.push(row)
    }
  const names = measures.map((measure) => nameOfMeasure(t, measure, language))
  const head = [t('export.by'), t('rates.group'), t('number'), ...names]
  return sheet(t('groups.title'), rows.length > 0 ? [head, ...rows] : [])
}

/** What the screen says, as worksheets; what it does not show is in none of them. */
export function* resultSheets(t: TFunction, language: Language, reported: Reported): Steps<Table[]> {
  const sheets = [questionSheet(t, language, reported), ratingSheet(t, language, reported)]
  for (const make of [skmSheet, gainSheet, itemSheet, groupSheet]) sheets.push(yield* make(t, language, reported))
  return sheets.filter(({ rows }) => rows.length > 0)
}
