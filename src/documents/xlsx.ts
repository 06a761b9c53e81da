import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/universal'
import type { Signatory } from '../core/event.ts'
import { formatNip } from '../core/nip.ts'
import { breathe, type Job } from './job.ts'
import { allRows, type Sheet, type SheetRow } from './sheet.ts'
import { totalsLine, unsentStamp, words } from './words.ts'

const rowsPerBreath = 200

/** Text, never a number: 18 digits do not survive as one, nor does the 0 of a phone (domain.md 2.2). */
const text = (value: string, style: Partial<typeof bordered> = bordered): Cell => ({
  value,
  type: String,
  format: '@',
  ...style,
})

const bordered = { borderStyle: 'thin', alignVertical: 'top', wrap: true } as const
const headed = { ...bordered, fontWeight: 'bold', align: 'center', backgroundColor: '#E8EEEE' } as const

type Column = { head: string; width: number; cell: (row: SheetRow) => Cell }

function columnsOf(sheet: Sheet): Column[] {
  const columns: Column[] = [
    {
      head: words.number,
      width: 5,
      cell: ({ number }) => ({ value: number || undefined, ...bordered, align: 'center' }),
    },
    { head: words.name, width: 34, cell: ({ name }) => text(name) },
    { head: words.plainNip, width: 23, cell: ({ nip }) => text(nip) },
    { head: words.rank, width: 24, cell: ({ rank }) => text(rank) },
    { head: words.position, width: 28, cell: ({ position }) => text(position) },
    { head: sheet.institutionWord, width: 32, cell: ({ institution }) => text(institution) },
    { head: words.sex, width: 5, cell: ({ sex }) => text(sex) },
    { head: words.phone, width: 17, cell: ({ phone }) => text(phone) },
    { head: words.role, width: 14, cell: ({ role }) => text(role) },
    { head: words.represents, width: 24, cell: ({ represents }) => text(represents) },
    { head: words.arrived, width: 13, cell: ({ arrived }) => text(arrived) },
    { head: words.ink, width: 22, cell: ({ ink, unsignedReason }) => text(ink ? words.signed : unsignedReason) },
  ]
  return sheet.includePhone ? columns : columns.filter(({ head }) => head !== words.phone)
}

function headRows(sheet: Sheet, columns: Column[]): Row[] {
  const across = (value: string, fontWeight?: 'bold'): Row => [
    { value, type: String, columnSpan: columns.length, align: 'center', fontWeight, wrap: true },
  ]
  return [
    ...sheet.letterhead.map((line, at) => across(line, at < 2 ? 'bold' : undefined)),
    [],
    across(sheet.title, 'bold'),
    across(sheet.eventTitle, 'bold'),
    [],
    ...sheet.facts.map(
      ({ label, value }): Row => [null, label, { value, type: String, columnSpan: columns.length - 2 }],
    ),
    ...(sheet.unsentCount > 0
      ? [[null, { value: unsentStamp(sheet.unsentCount), type: String, textColor: '#B00020' }]]
      : []),
    [],
    columns.map(({ head }) => text(head, headed)),
  ]
}

/** The two blocks side by side, line by line: label, position, room to sign, name, rank, NIP. */
function footRows({ totals, dateLine, signatories }: Sheet): Row[] {
  const lines = (who: Signatory | undefined) =>
    who ? [who.label, who.position, '', '', '', who.name, who.rank, who.nip && `NIP. ${formatNip(who.nip)}`] : []
  const [left, right] = [lines(signatories.left), [dateLine, ...lines(signatories.right)]]
  const sides = Array.from(
    { length: Math.max(left.length + 1, right.length) },
    (_, at): Row => [null, left[at - 1] ?? null, null, null, right[at] ?? null],
  )
  return [[null, totalsLine(totals)], [], ...sides]
}

/** One worksheet per sheet. Signatures are told in words, since a picture per row is too much for an old phone. */
export async function writeXlsx(sheets: readonly Sheet[], job: Job): Promise<Blob> {
  const total = sheets.reduce((sum, sheet) => sum + allRows(sheet).length, 0)
  let done = 0
  const made: Parameters<typeof writeXlsxFile>[0] = []
  for (const sheet of sheets) {
    const columns = columnsOf(sheet)
    const head = headRows(sheet, columns)
    const body: Row[] = []
    for (const row of allRows(sheet)) {
      if (done++ % rowsPerBreath === 0) await breathe(job, done, total)
      body.push(columns.map(({ cell }) => cell(row)))
    }
    made.push({
      sheet: sheet.name,
      data: [...head, ...body, [], ...footRows(sheet)],
      columns: columns.map(({ width }) => ({ width })),
      orientation: 'landscape',
    })
  }
  await breathe(job, total, total)
  return writeXlsxFile(made, { fontFamily: 'Arial', fontSize: 10 }).toBlob()
}
