import { useWords } from '../../words.ts'

/** A table of texts; the first cell of a row names it. */
export type TableOfResult = { head: string[]; rows: string[][] }

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
        <tbody>
          {table.rows.map(([name = '', ...cells], row) => (
            <tr key={`${row} ${name}`}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={table.head[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The table behind a picture, closed until somebody wants it. */
export function TableBehind(props: { table: TableOfResult; caption: string }) {
  const t = useWords('results')
  return (
    <details>
      <summary>{t('table')}</summary>
      <ResultTable {...props} />
    </details>
  )
}
