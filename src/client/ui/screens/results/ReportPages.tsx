import type { EventRecord } from '../../../../core/event.ts'
import { reportOf } from '../../../../core/form/report.ts'
import { countedResponses } from '../../../../core/form/response.ts'
import { listForms, responsesOf, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useWords } from '../../words.ts'
import { FileButtons } from './FileButtons.tsx'
import type { Reported } from './paperSections.ts'
import { resultsPaper } from './resultsPaper.ts'

/** The forms of an event that have something to show, with the exact weight of the index. */
function reportedForms(space: OpenSpace, event: EventRecord): Reported[] {
  return listForms(space).flatMap((form): Reported[] => {
    const responses = countedResponses(responsesOf(space, form), form)
    const report = reportOf(form, versionsOf(space), responses)
    const isShown = report.counted > 0 && !report.hidden
    return isShown ? [{ space, event, form, report, responses, weight: 'exact' }] : []
  })
}

/** What the event's report says of feedback: the results of all its forms as one file of pages. */
export function ReportPages({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('results')
  if (listForms(space).every((form) => responsesOf(space, form).length === 0)) return null
  return (
    <section class="stack" aria-labelledby="report-pages">
      <h2 id="report-pages">{t('report.title')}</h2>
      <p class="hint">{t('report.hint')}</p>
      <FileButtons
        space={space}
        event={event}
        formats={['pdf']}
        make={(documents) => documents.makeResults(reportedForms(space, event).map(resultsPaper))}
      />
    </section>
  )
}
