import type { EventRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import type { FormReport } from '../../../../core/form/report.ts'
import { formatDay } from '../../../../core/time.ts'
import type { ResultsPaper } from '../../../../documents/pdf/results.ts'
import { wordsOf } from '../../../i18n/i18n.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { heldSessions } from '../../../state/sessions.ts'
import { showResults } from './resultTables.ts'

/** Official pages are Indonesian, whatever the screen's language; nobody is named in them. */
export function resultsPaper(space: OpenSpace, event: EventRecord, form: FormRecord, report: FormReport): ResultsPaper {
  const show = showResults(wordsOf('results', 'id'), 'id')
  const days = [...new Set(heldSessions(space).map(({ day }) => day))]
  return {
    letterhead: event.letterhead.filter(Boolean),
    eventTitle: event.title,
    form: wordsIn(form.title, 'id'),
    days: days.map((day) => formatDay(day)),
    place: [event.venue, event.city].filter(Boolean).join(', '),
    counted: report.counted,
    late: report.late,
    questions: report.questions.map(({ question, result }) => {
      const { summary, bars, table } = show(question, result)
      return { label: wordsIn(question.label, 'id'), summary, bars, rows: table.rows }
    }),
  }
}
