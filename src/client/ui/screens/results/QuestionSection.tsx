import type { Signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { wordsIn } from '../../../../core/form/question.ts'
import type { ReportedQuestion } from '../../../../core/form/report.ts'
import { TextField } from '../../parts/Field.tsx'
import { InPieces } from '../../parts/InTurn.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { BarList } from './BarList.tsx'
import { TableBehind } from './ResultTable.tsx'
import { useShownResults } from './resultTables.ts'
import { useFound } from './useFound.ts'

const [textsShown, textsAtOnce] = [100, 25]

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
  const found = useFound(texts, typed.value)
  const listed = found ?? texts
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
      {found && <p role="status">{t('textsFound', { count: found.length })}</p>}
      <TextList texts={listed} />
      {listed.length > textsShown && <p class="soft">{t('moreTexts', { count: listed.length - textsShown })}</p>}
    </>
  )
}

/** Drawn anew when other texts are listed, not with each letter that is typed. */
function TextList({ texts }: { texts: readonly string[] }) {
  const drawn = useMemo(
    () => (
      <InPieces
        list={texts.slice(0, textsShown)}
        size={textsAtOnce}
        draw={(piece, from) => (
          <>
            {piece.map((text, i) => (
              <li key={from + i}>{text}</li>
            ))}
          </>
        )}
      />
    ),
    [texts],
  )
  return <ul class="texts">{drawn}</ul>
}
