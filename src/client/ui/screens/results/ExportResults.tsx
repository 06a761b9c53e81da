import { finishInSlices } from '../../../state/slices.ts'
import { useLanguage, useWords } from '../../words.ts'
import { FileButtons } from './FileButtons.tsx'
import type { Reported } from './paperSections.ts'
import { answerSheet, resultSheets } from './resultSheets.ts'
import { resultsPaper } from './resultsPaper.ts'

/** The results as pages, as a workbook with every answer, or the answers as CSV. */
export function ExportResults(reported: Reported) {
  const t = useWords('results')
  const language = useLanguage()
  return (
    <section class="stack" aria-labelledby="export">
      <h2 id="export">{t('export.title')}</h2>
      <FileButtons
        space={reported.space}
        event={reported.event}
        formats={['pdf', 'xlsx', 'csv']}
        make={async (documents, format) => {
          if (format === 'pdf') return documents.makeResults([await finishInSlices(resultsPaper(reported))])
          const answers = await finishInSlices(answerSheet(t, language, reported))
          if (format === 'csv') return documents.makeTables(format, [answers])
          const sheets = await finishInSlices(resultSheets(t, language, reported))
          return documents.makeTables(format, [...sheets, answers])
        }}
      />
    </section>
  )
}
