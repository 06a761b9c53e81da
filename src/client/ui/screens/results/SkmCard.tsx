import { useState } from 'preact/hooks'
import { wordsIn } from '../../../../core/form/question.ts'
import { type ReportedQuestion, skmTotals } from '../../../../core/form/report.ts'
import type { Response } from '../../../../core/form/response.ts'
import { skmIndex } from '../../../../core/form/skm.ts'
import { useLanguage, useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { TableBehind } from './ResultTable.tsx'

/** The index of Permenpan RB 14/2017 over every rating from 1 to 4, for offices that want it: which weight is said. */
export function SkmCard({ questions, responses }: { questions: ReportedQuestion[]; responses: Response[] }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const [printed, setPrinted] = useState(false)
  const asked = questions.map(({ question }) => question)
  const { labels, totals, n } = skmTotals(
    asked,
    responses.map(({ answers }) => answers),
  )
  const result = skmIndex(totals, n, printed ? 'printed' : 'exact')
  if (!result) return null
  const rows = result.means.map((mean, i) => [wordsIn(labels[i] ?? { id: '', en: '' }, language), decimal(mean, 3)])
  return (
    <section class="card" aria-labelledby="skm">
      <h2 id="skm">{t('skm.title')}</h2>
      <p class="big-number">{decimal(result.hundredths / 100)}</p>
      <p>{t('skm.grade', { grade: result.grade, said: t(`skm.grades.${result.grade}`) })}</p>
      <p class="soft">
        {t('skm.basis', { count: n, elements: totals.length, weight: t(`skm.weights.${result.weight}`) })}
      </p>
      <p class="soft">{t('skm.note')}</p>
      <label class="choice">
        <input type="checkbox" checked={printed} onChange={() => setPrinted(!printed)} />
        <span>{t('skm.printedWeight')}</span>
      </label>
      <TableBehind caption={t('skm.title')} table={{ head: [t('item'), t('mean')], rows }} />
    </section>
  )
}
