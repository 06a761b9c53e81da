import { useMemo, useState } from 'preact/hooks'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { PreviewList } from './PreviewList.tsx'
import { ProblemList } from './ProblemList.tsx'
import {
  countOf,
  countWritten,
  firstOutcome,
  type PreviewOutcome,
  previewOutcomes,
  toPreviewRows,
} from './previewRows.ts'
import { StepFrame, type StepProps } from './StepFrame.tsx'

/** Step 3: what becomes of every row, before anything is written. */
export function PreviewStep({ space, event, steps, step }: StepProps<'preview'>) {
  const t = useWords('import')
  const { plan, people } = step
  /** Of this list only: the next one opens anew on what a person has to look at. */
  const [asked, setAsked] = useState<PreviewOutcome | 'all' | undefined>(undefined)
  const rows = useMemo(() => toPreviewRows(plan), [plan])
  const found = previewOutcomes.filter((one) => countOf(plan, one) > 0)
  const chosen = found.find((one) => one === asked) ?? firstOutcome(plan)
  const outcome = asked === 'all' ? undefined : chosen
  const shown = useMemo(() => rows.filter((row) => !outcome || row.outcome === outcome), [rows, outcome])
  const toWrite = countWritten(plan)
  const filters = [...found, undefined]

  return (
    <StepFrame
      name="preview"
      space={space}
      event={event}
      actions={
        <>
          <button type="button" onClick={steps.backToColumns}>
            {t('backToColumns')}
          </button>
          {toWrite > 0 ? (
            <button type="button" class="primary" onClick={() => void steps.write()}>
              {t('import', { count: toWrite })}
            </button>
          ) : (
            <button type="button" class="primary" onClick={steps.startOver}>
              {t('otherList')}
            </button>
          )}
        </>
      }
    >
      {step.renewed && <Notice kind="info">{t('renewed')}</Notice>}
      {toWrite === 0 && <Notice kind="ok">{t('nothingToImport')}</Notice>}
      <div class="import-preview">
        <div class="stack">
          <fieldset class="outcomes">
            <legend class="visually-hidden">{t('filter')}</legend>
            {filters.map((one) => (
              <button
                type="button"
                key={one ?? 'all'}
                class="outcome-filter"
                aria-pressed={one === outcome}
                onClick={() => setAsked(one ?? 'all')}
              >
                <span class="outcome-count">{t('number', { count: one ? countOf(plan, one) : rows.length })}</span>
                {one ? t(`planned.${one}`) : t('allRows')}
              </button>
            ))}
          </fieldset>
          <ProblemList space={space} plan={plan} />
        </div>
        <PreviewList rows={shown} people={people} />
      </div>
    </StepFrame>
  )
}
