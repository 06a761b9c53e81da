import { classOfDifficulty, classOfDiscrimination, type LabelledItem } from '../../../../core/form/items.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { useLanguage, useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'

/** How hard each question of a test was, and whether it tells those who know from those who do not. */
export function ItemResults({ items }: { items: LabelledItem[] }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const [first] = items
  if (!first) return null
  const rows = items.map(({ label, difficulty, discrimination, correlation }) => [
    wordsIn(label, language),
    `${decimal(difficulty)} (${t(`items.difficulties.${classOfDifficulty(difficulty)}`)})`,
    `${decimal(discrimination)} (${t(`items.discriminations.${classOfDiscrimination(discrimination)}`)})`,
    decimal(correlation),
  ])
  const head = [t('item'), t('items.difficulty'), t('items.discrimination'), t('items.correlation')]
  return (
    <div class="stack">
      <h2>{t('items.title')}</h2>
      <p class="soft">{t('items.hint', { count: first.n })}</p>
      <ResultTable caption={t('items.title')} table={{ head, rows }} />
    </div>
  )
}
