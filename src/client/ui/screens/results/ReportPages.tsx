import type { EventRecord } from '../../../../core/event.ts'
import { reportInSteps } from '../../../../core/form/report.ts'
import type { Steps } from '../../../../core/steps.ts'
import type { ResultsPaper } from '../../../../documents/pdf/results.ts'
import { countedOf, isAnyAnswered, listForms, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { finishInSlices } from '../../../state/slices.ts'
import { useWords } from '../../words.ts'
import { ResultFiles } from './ResultFiles.tsx'
import { resultsPaper } from './resultsPaper.ts'

/** The pages of an event's forms that have something to show, with the exact weight of the index. */
function* reportPapers(space: OpenSpace, event: EventRecord): Steps<ResultsPaper[]> {
  const papers: ResultsPaper[] = []
  for (const form of listForms(space)) {
    const responses = yield* countedOf(space, form)
    const report = yield* reportInSteps(form, versionsOf(space), responses)
    if (report.counted === 0 || report.hidden) continue
    papers.push(yield* resultsPaper({ space, event, form, report, responses, weight: 'exact' }))
  }
  return papers
}

/** What the event's report says of feedback: the results of all its forms as one file of pages. */
export function ReportPages({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('results')
  if (!isAnyAnswered(space)) return null
  return (
    <section class="stack" aria-labelledby="report-pages">
      <h2 id="report-pages">{t('report.title')}</h2>
      <p class="hint">{t('report.hint')}</p>
      <ResultFiles
        space={space}
        event={event}
        formats={['pdf']}
        make={async (documents, _, options) => {
          const papers = await finishInSlices(reportPapers(space, event), options.signal)
          return papers.ok ? documents.makeResults(papers.value, options) : papers
        }}
      />
    </section>
  )
}
