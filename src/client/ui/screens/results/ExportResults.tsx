import { useState } from 'preact/hooks'
import { wordsIn } from '../../../../core/form/question.ts'
import type { Table } from '../../../../core/import/table.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import { findPerson } from '../../../state/people.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { answerColumns } from './answerColumns.ts'
import type { Reported } from './paperSections.ts'
import { resultsPaper } from './resultsPaper.ts'
import { useShownResults } from './resultTables.ts'

const formats = ['pdf', 'xlsx', 'csv'] as const
type Format = (typeof formats)[number]

/** The results as pages, and with every answer as a workbook or as CSV; made on this device. */
export function ExportResults(reported: Reported) {
  const { space, event, form, report, responses } = reported
  const t = useWords('results')
  const language = useLanguage()
  const show = useShownResults()
  const { documents } = useApp()
  const [state, setState] = useState<'making' | 'saved' | 'failed' | { file: File } | undefined>(undefined)

  function answerTable(): Table {
    const asked = report.questions.flatMap(({ question }) =>
      answerColumns(question, language).map((column) => ({ ...column, name: question.name })),
    )
    const who = form.anonymous ? [] : [t('export.name'), event.institutionWord, t('export.day'), t('export.time')]
    const head = [t('export.number'), ...who, ...asked.map(({ head }) => head), t('export.late')]
    const rows = responses.map(({ person: id, answers, stamp, late }, i) => {
      const person = findPerson(space, id)
      const own = [
        person?.name ?? '',
        person?.institution ?? '',
        dayAt(stamp.at, event.zone),
        formatTime(stamp.at, event.zone),
      ]
      const given = asked.map(({ name, cell }) => cell(answers[name]))
      return [String(i + 1), ...(form.anonymous ? [] : own), ...given, late ? t('export.yes') : '']
    })
    return { name: t('export.answers'), rows: [head, ...rows], merges: [] }
  }
  function resultTable(): Table {
    const rows = report.questions.flatMap(({ question, result }) => {
      const { summary, table } = show(question, result)
      return [[wordsIn(question.label, language)], [summary], table.head, ...table.rows, []]
    })
    return { name: t('export.results'), rows, merges: [] }
  }

  async function hand(file: File): Promise<void> {
    const outcome = await saveFile(file)
    setState(outcome === 'needsTap' ? { file } : outcome === 'saved' ? 'saved' : undefined)
  }
  async function make(format: Format): Promise<void> {
    setState('making')
    const tables = () => (format === 'csv' ? [answerTable()] : [resultTable(), answerTable()])
    const making =
      format === 'pdf' ? documents.makeResults(resultsPaper(reported)) : documents.makeTables(format, tables())
    const made = await making.catch(orUnavailable)
    if (!made.ok) return setState('failed')
    await noteExport(space, { what: 'results', format })
    await hand(
      new File([made.value], `umpan-balik-${dayAt(space.now(), event.zone)}.${format}`, { type: made.value.type }),
    )
  }

  return (
    <section class="stack" aria-labelledby="export">
      <h2 id="export">{t('export.title')}</h2>
      <div class="buttons">
        {formats.map((format) => (
          <button type="button" key={format} disabled={state === 'making'} onClick={() => void make(format)}>
            <Icon name="download" />
            {t(`export.${format}`)}
          </button>
        ))}
      </div>
      {state === 'making' && <p role="status">{t('export.making')}</p>}
      {state === 'saved' && <Notice kind="ok">{t('export.saved')}</Notice>}
      {state === 'failed' && <Notice kind="danger">{t('export.failed')}</Notice>}
      {typeof state === 'object' && (
        <button type="button" class="primary" onClick={() => void hand(state.file)}>
          {t('export.saveNow')}
        </button>
      )}
    </section>
  )
}
