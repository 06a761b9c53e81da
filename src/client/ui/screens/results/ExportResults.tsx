import { finishInSlices } from '../../../state/slices.ts'
import { useLanguage, useWords } from '../../words.ts'
import type { Reported } from './paperSections.ts'
import { ResultFiles } from './ResultFiles.tsx'
import { answerSheet, resultSheets } from './resultSheets.ts'
import { resultsPaper } from './resultsPaper.ts'

/** The results as pages, as a workbook with every answer, or the answers as CSV. */
export function ExportResults(reported: Reported) {
  const t = useWords('results')
  const language = useLanguage()
  return (
    <section class="stack" aria-labelledby="export">
      <h2 id="export">{t('export.title')}</h2>
      <ResultFiles
        space={reported.space}
        event={reported.event}
        formats={['pdf', 'xlsx', 'csv']}
        make={async (documents, format, options) => {
          const { signal } = options
          if (format === 'pdf') {
            const paper = await finishInSlices(resultsPaper(reported), signal)
            return paper.ok ? documents.makeResults([paper.value], options) : paper
          }
          const answers = await finishInSlices(answerSheet(t, language, reported), signal)
          if (!answers.ok) return answers
          if (format === 'csv') return documents.makeTables(format, [answers.value], options)
          const sheets = await finishInSlices(resultSheets(t, language, reported), signal)
          return sheets.ok ? documents.makeTables(format, [...sheets.value, answers.value], options) : sheets
        }}
      />
    </section>
  )
}
