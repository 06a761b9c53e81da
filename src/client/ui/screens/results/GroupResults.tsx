import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { leastShown } from '../../../../core/form/groups.ts'
import type { Measure } from '../../../../core/form/measure.ts'
import { type Grouping, groupings } from '../../../state/forms.ts'
import { useLanguage, useWords } from '../../words.ts'
import { nameOfGroup, nameOfGrouping } from './groupNames.ts'
import { nameOfMeasure } from './measureNames.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'
import type { GroupMeans } from './workOut.ts'

/** Means of the ratings and of a test's scores by institution, role or sex; groups of fewer than five are not shown. */
export function GroupResults(props: {
  event: EventRecord
  measures: Measure[]
  groups: ReadonlyMap<Grouping, GroupMeans>
}) {
  const { event, measures, groups } = props
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const [by, setBy] = useState<Grouping>('institution')
  const means = groups.get(by)
  if (!means) return null
  const { shown, hidden } = means
  const rows = shown.map(({ group, count, means }) => [
    nameOfGroup(t, by, group),
    String(count),
    ...means.map((mean) => decimal(mean)),
  ])
  const names = measures.map((measure) => nameOfMeasure(t, measure, language))
  const head = [nameOfGrouping(t, event, by), t('number'), ...names]
  return (
    <div class="stack">
      <h2>{t('groups.title')}</h2>
      <fieldset class="buttons one-of">
        <legend class="visually-hidden">{t('groups.title')}</legend>
        {groupings.map((one) => (
          <button type="button" key={one} aria-pressed={by === one} onClick={() => setBy(one)}>
            {nameOfGrouping(t, event, one)}
          </button>
        ))}
      </fieldset>
      {rows.length > 0 && <ResultTable caption={t('groups.title')} table={{ head, rows }} />}
      {hidden > 0 && <p class="soft">{t('groups.hidden', { count: hidden, least: leastShown })}</p>}
    </div>
  )
}
