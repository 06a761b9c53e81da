import type { FormRecord } from '../../../../core/form/form.ts'
import { analyseItems, classOfDifficulty, classOfDiscrimination } from '../../../../core/form/items.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { countedResponses } from '../../../../core/form/response.ts'
import { questionsOf, responsesOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useLanguage, useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'

/** How hard each question of a test was, and whether it tells those who know from those who do not. */
export function ItemResults({ space, form }: { space: OpenSpace; form: FormRecord }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const questions = questionsOf(space, form)
  const counted = countedResponses(responsesOf(space, form), form).filter(({ version }) => version === form.version)
  const items = analyseItems(
    questions,
    counted.map(({ answers }) => answers),
  )
  if (items.length === 0) return null
  const rows = items.map(({ name, difficulty, discrimination, correlation }) => {
    const label = questions.find((question) => question.name === name)?.label
    return [
      label ? wordsIn(label, language) : name,
      `${decimal(difficulty)} (${t(`items.difficulties.${classOfDifficulty(difficulty)}`)})`,
      `${decimal(discrimination)} (${t(`items.discriminations.${classOfDiscrimination(discrimination)}`)})`,
      decimal(correlation),
    ]
  })
  const head = [t('item'), t('items.difficulty'), t('items.discrimination'), t('items.correlation')]
  return (
    <div class="stack">
      <h2>{t('items.title')}</h2>
      <p class="soft">{t('items.hint', { count: counted.length })}</p>
      <ResultTable caption={t('items.title')} table={{ head, rows }} />
    </div>
  )
}
