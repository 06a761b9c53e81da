import { wordsIn } from '../../../../core/form/question.ts'
import { type SkmWeight, skmIndex } from '../../../../core/form/skm.ts'
import type { SkmTotals } from '../../../../core/form/skmAnswers.ts'
import { useLanguage, useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { TableBehind } from './ResultTable.tsx'

/** The index of Permenpan RB 14/2017 over every rating from 1 to 4, for offices that want it: which weight is said. */
export function SkmCard(props: { skm: SkmTotals; weight: SkmWeight; onWeight: (weight: SkmWeight) => void }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const { labels, totals, n, leftOut } = props.skm
  const result = skmIndex(totals, n, props.weight)
  if (!result) return null
  const rows = result.means.map((mean, i) => [wordsIn(labels[i] ?? { id: '', en: '' }, language), decimal(mean, 3)])
  return (
    <section class="card" aria-labelledby="skm">
      <h2 id="skm">{t('skm.title')}</h2>
      <p class="big-number">{decimal(result.hundredths / 100)}</p>
      <p>{t('skm.grade', { grade: result.grade, said: t(`skm.grades.${result.grade}`) })}</p>
      <p class="soft">
        {t('skm.basis', { count: n, elements: totals.length, weight: t(`skm.weights.${result.weight}`) })}
        {leftOut > 0 && ` ${t('skm.leftOut', { count: leftOut })}`}
      </p>
      <p class="soft">{t('skm.note')}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={props.weight === 'printed'}
          onChange={({ currentTarget }) => props.onWeight(currentTarget.checked ? 'printed' : 'exact')}
        />
        <span>{t('skm.printedWeight')}</span>
      </label>
      <TableBehind
        caption={t('skm.title')}
        count={rows.length}
        tableOf={() => ({ head: [t('item'), t('mean')], rows })}
      />
    </section>
  )
}
