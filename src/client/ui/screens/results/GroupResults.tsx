import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { leastShown } from '../../../../core/form/groups.ts'
import { measuresOf, shownValues } from '../../../../core/form/measure.ts'
import { meanOf } from '../../../../core/form/results.ts'
import { type Grouping, groupings, groupResponses, questionsOf, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useLanguage, useWords } from '../../words.ts'
import { nameOfGroup, nameOfGrouping } from './groupNames.ts'
import { nameOfMeasure } from './measureNames.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'

/** Means of the ratings and of a test's scores by institution, role or sex; groups of fewer than five are not shown. */
export function GroupResults({ space, event, form }: { space: OpenSpace; event: EventRecord; form: FormRecord }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const [by, setBy] = useState<Grouping>('institution')
  const measures = measuresOf(questionsOf(space, form), versionsOf(space))
  if (measures.length === 0) return null
  const { shown, hidden } = groupResponses(space, form, by)
  const rows = shown.map(({ group, members }) => [
    nameOfGroup(t, by, group),
    String(members.length),
    ...measures.map((measure) => decimal(meanOf(shownValues(measure, members)))),
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
