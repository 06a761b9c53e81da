import type { FormRecord } from '../../../../core/form/form.ts'
import { itemsOf, type LabelledItem } from '../../../../core/form/items.ts'
import { type Measure, measuresOf, shownValues } from '../../../../core/form/measure.ts'
import { type FormReport, reportInSteps } from '../../../../core/form/report.ts'
import type { Response } from '../../../../core/form/response.ts'
import { meanOf } from '../../../../core/form/results.ts'
import { skmTotals } from '../../../../core/form/skmAnswers.ts'
import type { Steps } from '../../../../core/steps.ts'
import {
  countedOf,
  type Grouping,
  groupings,
  groupResponses,
  questionsOf,
  readResponsesAhead,
  responseRate,
  responseRates,
  responsesOf,
  versionsOf,
} from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { type SpeakerMeans, speakerMeans } from './speakerMeans.ts'
import { type Gain, gainsWith } from './testPair.ts'

/** Means of one grouping's groups, in the order of the measures; `hidden`: how many responses are in groups too small. */
export type GroupMeans = {
  shown: { group: string; count: number; means: (number | undefined)[] }[]
  hidden: number
}

/** All that the screen of results says of a form. */
export type WorkedOut = {
  responses: Response[]
  report: FormReport
  present: number
  rates: ReturnType<typeof responseRates>
  skm: ReturnType<typeof skmTotals> | undefined
  gains: Gain[]
  items: LabelledItem[]
  measures: Measure[]
  groups: ReadonlyMap<Grouping, GroupMeans>
  speakers: SpeakerMeans[]
}

function* meanGroups(space: OpenSpace, form: FormRecord, by: Grouping, measures: Measure[]): Steps<GroupMeans> {
  const { shown, hidden } = groupResponses(space, form, by)
  const means: GroupMeans['shown'] = []
  for (const { group, members } of shown) {
    const row: GroupMeans['shown'][number] = { group, count: members.length, means: [] }
    for (const measure of measures) {
      row.means.push(meanOf(shownValues(measure, members)))
      yield
    }
    means.push(row)
  }
  return { shown: means, hidden }
}

/** Works out a form's results in steps of some ms, of thousands of responses too. */
export function* workOut(space: OpenSpace, form: FormRecord): Steps<WorkedOut> {
  yield* readResponsesAhead(space)
  responsesOf(space, form)
  yield
  const responses = countedOf(space, form)
  yield
  const report = yield* reportInSteps(form, versionsOf(space), responses)
  yield
  const { present } = responseRate(space, form)
  yield
  const rates = responseRates(space, form)
  yield
  const skm = form.purpose === 'evaluation' ? skmTotals(form, versionsOf(space), responses) : undefined
  yield
  const gains = yield* gainsWith(space, form)
  yield
  const items = yield* itemsOf(form, versionsOf(space), countedOf(space, form))
  yield
  const measures = measuresOf(questionsOf(space, form), versionsOf(space))
  const groups = new Map<Grouping, GroupMeans>()
  if (!form.anonymous && measures.length > 0)
    for (const by of groupings) groups.set(by, yield* meanGroups(space, form, by, measures))
  const speakers = form.purpose === 'speaker' ? speakerMeans(space, measures) : []
  return { responses, report, present, rates, skm, gains, items, measures, groups, speakers }
}
