import type { FormRecord } from '../../../../core/form/form.ts'
import { itemsOf, type LabelledItem } from '../../../../core/form/items.ts'
import { type Measure, measuresOf, shownValues } from '../../../../core/form/measure.ts'
import type { GroupRate } from '../../../../core/form/rate.ts'
import { type FormReport, reportInSteps } from '../../../../core/form/report.ts'
import type { Response } from '../../../../core/form/response.ts'
import { meanOf } from '../../../../core/form/results.ts'
import { type SkmTotals, skmInSteps } from '../../../../core/form/skmAnswers.ts'
import type { Steps } from '../../../../core/steps.ts'
import {
  countedOf,
  type Grouping,
  groupings,
  groupResponses,
  presentFor,
  questionsOf,
  responseRates,
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

/** What follows from the answers together with who gave them. */
export type Findings = {
  rates: { roles: GroupRate[]; sessions: GroupRate[] }
  skm: SkmTotals | undefined
  gains: Gain[]
  items: LabelledItem[]
  measures: Measure[]
  groups: ReadonlyMap<Grouping, GroupMeans>
  speakers: SpeakerMeans[]
}

/** All that the screen of results says of a form. */
export type WorkedOut = {
  responses: Response[]
  report: FormReport
  present: number
  /** `undefined`: still being worked out. */
  findings: Findings | undefined
}

function* meanGroups(
  space: OpenSpace,
  responses: readonly Response[],
  by: Grouping,
  measures: readonly Measure[],
): Steps<GroupMeans> {
  const { shown, hidden } = yield* groupResponses(space, responses, by)
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

function* findOut(space: OpenSpace, form: FormRecord, responses: readonly Response[]): Steps<Findings> {
  const versions = versionsOf(space)
  const gains = yield* gainsWith(space, form)
  const skm = form.purpose === 'evaluation' ? yield* skmInSteps(form, versions, responses) : undefined
  const rates = yield* responseRates(space, form, responses)
  const items = yield* itemsOf(form, versions, responses)
  const measures = measuresOf(questionsOf(space, form), versions)
  const groups = new Map<Grouping, GroupMeans>()
  if (!form.anonymous && measures.length > 0)
    for (const by of groupings) groups.set(by, yield* meanGroups(space, responses, by, measures))
  const speakers = form.purpose === 'speaker' ? yield* speakerMeans(space, measures) : []
  return { rates, skm, gains, items, measures, groups, speakers }
}

/**
 * Works out a form's results in steps of some ms, of thousands of responses too. `onReport` is told what the answers
 * say as soon as they are added up, which the rest need not wait for.
 */
export function* workOut(
  space: OpenSpace,
  form: FormRecord,
  onReport: (soFar: WorkedOut) => void = () => {},
): Steps<WorkedOut> {
  const responses = yield* countedOf(space, form)
  const report = yield* reportInSteps(form, versionsOf(space), responses)
  yield
  const present = presentFor(space, form).size
  onReport({ responses, report, present, findings: undefined })
  yield
  return { responses, report, present, findings: yield* findOut(space, form, responses) }
}
