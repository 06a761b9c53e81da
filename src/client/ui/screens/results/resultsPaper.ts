import { wordsIn } from '../../../../core/form/question.ts'
import type { Steps } from '../../../../core/steps.ts'
import { formatDay } from '../../../../core/time.ts'
import type { ResultsPaper } from '../../../../documents/pdf/results.ts'
import { wordsOf } from '../../../i18n/i18n.ts'
import { formTitle } from '../../../state/forms.ts'
import { heldSessions } from '../../../state/sessions.ts'
import { paperSections, type Reported } from './paperSections.ts'
import { showResults } from './resultTables.ts'

/** Official pages are Indonesian, whatever the screen's language; nobody is named in them. In steps of some ms. */
export function* resultsPaper(reported: Reported): Steps<ResultsPaper> {
  const { space, event, form, report } = reported
  const t = wordsOf('results', 'id')
  const show = showResults(t, 'id')
  const days = [...new Set(heldSessions(space).map(({ day }) => day))]
  return {
    letterhead: event.letterhead.filter(Boolean),
    eventTitle: event.title,
    form: formTitle(space, form, 'id'),
    days: days.map((day) => formatDay(day)),
    place: [event.venue, event.city].filter(Boolean).join(', '),
    counted: report.counted,
    late: report.late,
    questions: [
      ...report.questions.map(({ question, result }) => {
        const { summary, bars, table } = show(question, result)
        return { label: wordsIn(question.label, 'id'), summary, bars, rows: table.rows }
      }),
      ...(yield* paperSections(t, reported)),
    ],
  }
}
