import type { Signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { wordsIn } from '../../../../core/form/question.ts'
import type { ReportedQuestion } from '../../../../core/form/report.ts'
import { foldText } from '../../../../core/name.ts'
import { TextField } from '../../parts/Field.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { BarList } from './BarList.tsx'
import { TableBehind } from './ResultTable.tsx'
import { useShownResults } from './resultTables.ts'

const textsShown = 100

/** One question: a line that says it, bars, and the table behind them; free texts with a search. */
export function QuestionSection(props: {
  reported: ReportedQuestion
  /** What free texts are searched for. */
  typed: Signal<string>
}) {
  const t = useWords('results')
  const language = useLanguage()
  const show = useShownResults()
  const { question, result, number } = props.reported
  const { summary, bars, table } = useMemo(() => show(question, result), [question, result, language])
  const label = wordsIn(question.label, language)
  return (
    <section class="stack result" aria-label={label}>
      <h2>{label}</h2>
      <p class="soft">
        {summary}
        {number > 1 && ` · ${t('version', { number })}`}
      </p>
      {bars.length > 0 && <BarList bars={bars} label={label} />}
      {result.kind === 'texts' ? (
        <Texts texts={result.texts} typed={props.typed} />
      ) : (
        <TableBehind caption={label} count={table.rows.length} tableOf={() => table} />
      )}
    </section>
  )
}

function Texts({ texts, typed }: { texts: string[]; typed: Signal<string> }) {
  const t = useWords('results')
  const wanted = foldText(typed.value)
  const isSearched = wanted !== ''
  const folded = useMemo(() => (isSearched ? texts.map(foldText) : texts), [texts, isSearched])
  const found = isSearched ? texts.filter((_, i) => folded[i]?.includes(wanted)) : texts
  return (
    <>
      {texts.length > 5 && (
        <TextField
          type="search"
          label={t('searchTexts')}
          value={typed.value}
          onInput={(text) => {
            typed.value = text
          }}
        />
      )}
      {isSearched && <p role="status">{t('textsFound', { count: found.length })}</p>}
      <ul class="texts">
        {found.slice(0, textsShown).map((text, i) => (
          <li key={`${i} ${text}`}>{text}</li>
        ))}
      </ul>
      {found.length > textsShown && <p class="soft">{t('moreTexts', { count: found.length - textsShown })}</p>}
    </>
  )
}
