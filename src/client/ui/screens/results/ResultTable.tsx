import { useState } from 'preact/hooks'
import { InPieces } from '../../parts/InTurn.tsx'
import { useWords } from '../../words.ts'

/** A table of texts; the first cell of a row names it. */
export type TableOfResult = { head: string[]; rows: string[][] }

/** The gains of ten thousand people, row by row, would stop a cheap phone for seconds. */
const rowsShown = 200
const rowsAtOnce = 25

/** The numbers behind a picture. */
export function ResultTable({ table, caption }: { table: TableOfResult; caption: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keys only in focus
    <section class="table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <InPieces
          list={table.rows}
          size={rowsAtOnce}
          draw={(rows, from) => (
            <tbody>
              {rows.map(([name = '', ...cells], row) => (
                <tr key={`${from + row} ${name}`}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, column) => (
                    <td key={table.head[column + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          )}
        />
      </table>
    </section>
  )
}

/** The table behind a picture, made when somebody wants it; `tableOf` is given how many of its `count` rows are shown. */
export function TableBehind(props: { caption: string; count: number; tableOf: (rows: number) => TableOfResult }) {
  const t = useWords('results')
  const [isOpen, setIsOpen] = useState(false)
  const left = props.count - rowsShown
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('table')}</summary>
      {isOpen && <ResultTable table={props.tableOf(rowsShown)} caption={props.caption} />}
      {isOpen && left > 0 && <p class="soft">{t('moreRows', { count: left })}</p>}
    </details>
  )
}
