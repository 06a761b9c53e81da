import { useMemo } from 'preact/hooks'
import { type Layout, layoutAt } from '../../../../core/import/layout.ts'
import type { Table } from '../../../../core/import/table.ts'
import { Field } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'
import { headerRows } from './columns.ts'

/** Where the header is, for the person to put right; the columns are then guessed anew. */
export function HeaderChoice(props: { table: Table; layout: Layout; onChange: (layout: Layout) => void }) {
  const t = useWords('import')
  const { table, layout, onChange } = props
  const { firstHeaderRow: first, lastHeaderRow: last } = layout
  const rows = useMemo(() => headerRows(table, layout), [table, layout])
  const none = last < 0
  return (
    <div class="header-choice">
      <Field
        label={t('header')}
        hint={none ? undefined : t('headerFound', { rows: rowNumbers(first, last), count: last - first + 1 })}
      >
        {(ids) => (
          <select
            {...ids}
            value={none ? 'none' : first}
            onChange={({ currentTarget: { value } }) =>
              onChange(value === 'none' ? layoutAt(table, 0, -1) : layoutAt(table, Number(value), Number(value)))
            }
          >
            <option value="none">{t('headerNone')}</option>
            {rows.map(({ at, text }) => (
              <option key={at} value={at}>
                {t('headerRow', { row: at + 1, text })}
              </option>
            ))}
          </select>
        )}
      </Field>
      {!none && (
        <label class="choice">
          <input
            type="checkbox"
            checked={last > first}
            onChange={({ currentTarget }) =>
              onChange(layoutAt(table, first, currentTarget.checked ? first + 1 : first))
            }
          />
          {t('headerTwoRows')}
        </label>
      )}
    </div>
  )
}

function rowNumbers(first: number, last: number): string {
  return last > first ? `${first + 1}–${last + 1}` : String(first + 1)
}
