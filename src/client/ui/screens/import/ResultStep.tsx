import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { ProblemList } from './ProblemList.tsx'
import { countOf, previewOutcomes, writtenWords } from './previewRows.ts'
import { StepFrame, type StepProps } from './StepFrame.tsx'

/** Step 4: what was written, and what is left to look at. */
export function ResultStep({ space, event, steps, step }: StepProps<'result'>) {
  const t = useWords('import')
  const { plan, written, total } = step
  const complete = written === total
  const parts = writtenWords(t, plan)
  return (
    <StepFrame
      name="result"
      space={space}
      event={event}
      actions={
        complete ? (
          <>
            <button type="button" onClick={steps.startOver}>
              {t('otherList')}
            </button>
            <a class="button primary" href={`/kegiatan/${space.id}/peserta`}>
              {t('toPeople')}
            </a>
          </>
        ) : (
          <button type="button" class="primary" onClick={() => void steps.preview()}>
            {t('continue')}
          </button>
        )
      }
    >
      <Notice kind={complete ? 'ok' : 'warn'}>
        {!complete && t('importedPart', { count: written, total })}
        {complete && (parts ? t('importedAs', { count: written, parts }) : t('imported', { count: written }))}
      </Notice>
      {steps.saveFailure && <Notice kind="danger">{t(`writeFailed.${steps.saveFailure}`)}</Notice>}
      <dl class="import-counts">
        {previewOutcomes.map((outcome) => (
          <div key={outcome}>
            <dt>{t(`outcome.${outcome}`)}</dt>
            <dd>{t('number', { count: countOf(plan, outcome) })}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">{t('sentLater')}</p>
      <ProblemList space={space} plan={plan} />
    </StepFrame>
  )
}
