import { useMemo, useState } from 'preact/hooks'
import { importFields } from '../../../../core/import/fields.ts'
import { dayWords } from '../../dates.ts'
import { Field } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { type Column, findMismatch, isTwice, problemOf, readColumns } from './columns.ts'
import { HeaderChoice } from './HeaderChoice.tsx'
import { StepFrame, type StepProps } from './StepFrame.tsx'

/** Step 2: which sheet, which header, and what each column means. All of it is guessed and can be changed. */
export function ColumnsStep({ space, event, steps, step }: StepProps<'columns'>) {
  const t = useWords('import')
  const language = useLanguage()
  const { tables, table, layout } = step.list
  const [tried, setTried] = useState(false)
  const columns = useMemo(() => readColumns(table, layout), [table, layout])
  const mismatch = useMemo(() => findMismatch(table, layout), [table, layout])
  const problem = problemOf(layout.mapping)

  function chooseField({ at }: Column, chosen: string): void {
    const field = importFields.find((known) => known === chosen) ?? 'ignore'
    steps.chooseLayout({ ...layout, mapping: layout.mapping.map((held, column) => (column === at ? field : held)) })
  }

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault()
    setTried(true)
    if (!problem) void steps.preview()
  }

  return (
    <StepFrame
      name="columns"
      space={space}
      event={event}
      actions={
        <>
          <button type="button" onClick={steps.startOver}>
            {t('otherList')}
          </button>
          <button type="submit" form="columns" class="primary">
            {t('toPreview')}
          </button>
        </>
      }
    >
      <form id="columns" noValidate onSubmit={submit}>
        {tables.length > 1 && (
          <Field label={t('sheet')} hint={t('sheetHint', { count: tables.length })}>
            {(ids) => (
              <select
                {...ids}
                value={tables.indexOf(table)}
                onChange={({ currentTarget }) => {
                  const chosen = tables[Number(currentTarget.value)]
                  if (chosen) steps.chooseTable(chosen)
                }}
              >
                {tables.map(({ name, rows }, at) => (
                  <option key={name} value={at}>
                    {t('sheetRows', { name, count: rows.length })}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {!layout.certain && <Notice kind="warn">{t('headerUnknown')}</Notice>}
        {mismatch && (
          <Notice kind="warn">{t('mismatch', { said: mismatch.said, day: dayWords(mismatch.day, language) })}</Notice>
        )}
        <HeaderChoice table={table} layout={layout} onChange={steps.chooseLayout} />
        <h3>{t('columns')}</h3>
        <ul class="columns">
          {columns.map((column) => (
            <li key={column.at} class="column">
              <div class="column-what">
                <p class="column-label">
                  <span class="tag">{column.letter}</span> {column.label || t('noLabel')}
                </p>
                <p class="soft">{column.samples.join(' · ') || t('noValues')}</p>
              </div>
              <Field
                label={t('meaningOf', { letter: column.letter })}
                error={isTwice(layout.mapping, column.at) ? t('twice') : undefined}
              >
                {(ids) => (
                  <select
                    {...ids}
                    value={column.field}
                    onChange={({ currentTarget }) => chooseField(column, currentTarget.value)}
                  >
                    {importFields.map((field) => (
                      <option key={field} value={field}>
                        {t(`field.${field}`, { word: event.institutionWord })}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </li>
          ))}
        </ul>
        {tried && problem && <Notice kind="danger">{t(`columnsProblem.${problem}`)}</Notice>}
        {step.failure && <Notice kind="danger">{t(`readFailure.${step.failure}`)}</Notice>}
      </form>
    </StepFrame>
  )
}
