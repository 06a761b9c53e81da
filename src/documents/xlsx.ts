import writeXlsxFile, { type Cell, type Feature, type Row } from 'write-excel-file/universal'
import type { Signatory } from '../core/event.ts'
import { formatNip } from '../core/nip.ts'
import { fitCells } from './cells.ts'
import { breathe, type Job } from './job.ts'
import { allRows, type Paper, type Sheet, type SheetRow } from './sheet.ts'
import { openTotalsLine, recordedLine, totalsLine, unsentStamp, words } from './words.ts'

const rowsPerBreath = 200

/** Text, never a number: 18 digits do not survive as one, nor does the 0 of a phone (domain.md 2.2). */
const text = (value: string, style: Partial<typeof bordered> = bordered): Cell => ({
  value,
  type: String,
  format: '@',
  ...style,
})

const bordered = { borderStyle: 'thin', alignVertical: 'top', wrap: true } as const
const numberCell = (value: number): Cell => ({ value, ...bordered, align: 'center' })
const headed = { ...bordered, fontWeight: 'bold', align: 'center', backgroundColor: '#E8EEEE' } as const

/** As wide as its longest text, between the two widths; in characters, as spreadsheets count. */
type Column = { head: string; least: number; most: number; text: (row: SheetRow) => string }

function columnsOf(sheet: Sheet): Column[] {
  const columns: Column[] = [
    { head: words.number, least: 5, most: 5, text: ({ number }) => String(number) },
    { head: words.name, least: 18, most: 34, text: ({ name }) => name },
    { head: words.plainNip, least: 22, most: 22, text: ({ nip }) => nip },
    { head: words.rank, least: 12, most: 24, text: ({ rank }) => rank },
    { head: words.position, least: 14, most: 28, text: ({ position }) => position },
    { head: sheet.institutionWord, least: 14, most: 32, text: ({ institution }) => institution },
    { head: words.sex, least: 5, most: 5, text: ({ sex }) => sex },
    { head: words.phone, least: 17, most: 17, text: ({ phone }) => phone },
    { head: words.role, least: 9, most: 16, text: ({ role }) => role },
    { head: words.represents, least: 10, most: 24, text: ({ represents }) => represents },
    { head: words.arrived, least: 13, most: 13, text: ({ arrived }) => arrived },
    { head: words.ink, least: 15, most: 22, text: ({ ink, unsignedReason }) => (ink ? words.signed : unsignedReason) },
    ...sheet.consentHeads.map(
      (head, at): Column => ({ head, least: 14, most: 30, text: ({ consents }) => consents[at] ?? '' }),
    ),
  ]
  if (sheet.totals.late > 0) columns.push({ head: words.note, least: 14, most: 30, text: ({ late }) => late })
  return sheet.includePhone ? columns : columns.filter(({ head }) => head !== words.phone)
}

function widthOf({ least, most, text }: Column, rows: readonly SheetRow[]): number {
  return rows.reduce((width, row) => Math.max(width, Math.min(text(row).length + 2, most)), least)
}

/** Numbers of paper sizes in a workbook (ECMA-376 18.3.1.63); F4 has none and is printed as folio, 8.5 × 13 in. */
const paperCodes: Record<Paper, number> = { F4: 14, A4: 9 }

/** So many characters across can still be read on an upright page: about 7 points high, once shrunk to its width. */
const mostUpright = 140

/** The chosen paper, as wide as one page; the writer itself knows A4 on its side alone. */
function pageSetup(paper: Paper, widths: readonly number[][]): Feature<Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) => xml.replace(/<(sheetViews|cols|sheetData)/, `${fitToPage}$&`),
          transformElementAttributes(tag, attributes, _index, _options, { sheetIndex }) {
            if (tag !== 'pageSetup') return attributes
            const width = (widths[sheetIndex] ?? []).reduce((sum, one) => sum + one, 0)
            const orientation = width > mostUpright ? 'landscape' : 'portrait'
            return { paperSize: paperCodes[paper], orientation, fitToWidth: 1, fitToHeight: 0 }
          },
        },
      },
    },
  }
}

const fitToPage = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'

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
function footRows({ totals, isOpen, dateLine, signatories }: Sheet): Row[] {
  const lines = (who: Signatory | undefined) =>
    who ? [who.label, who.position, '', '', '', who.name, who.rank, who.nip && `NIP. ${formatNip(who.nip)}`] : []
  const [left, right] = [lines(signatories.left), [dateLine, ...lines(signatories.right)]]
  const sides = Array.from(
    { length: Math.max(left.length + 1, right.length) },
    (_, at): Row => [null, left[at - 1] ?? null, null, null, right[at] ?? null],
  )
  const counted: Row[] = isOpen
    ? [
        [null, openTotalsLine],
        [null, { value: recordedLine(totals), type: String, fontSize: 8 }],
      ]
    : [[null, totalsLine(totals)]]
  return [...counted, [], ...sides]
}

/** One worksheet per sheet. Signatures are told in words, since a picture per row is too much for an old phone. */
export async function writeXlsx(sheets: readonly Sheet[], job: Job): Promise<Blob> {
  const total = sheets.reduce((sum, sheet) => sum + allRows(sheet).length, 0)
  let done = 0
  const made: Parameters<typeof writeXlsxFile>[0] = []
  const widths: number[][] = []
  for (const sheet of sheets) {
    const columns = columnsOf(sheet)
    const head = headRows(sheet, columns)
    const body: Row[] = []
    for (const row of allRows(sheet)) {
      if (done++ % rowsPerBreath === 0) await breathe(job, done, total)
      body.push([numberCell(row.number), ...columns.slice(1).map((column) => text(column.text(row)))])
    }
    const own = columns.map((column) => widthOf(column, sheet.rows))
    widths.push(own)
    made.push({
      sheet: sheet.name,
      data: fitCells([...head, ...body, [], ...footRows(sheet)]),
      columns: own.map((width) => ({ width })),
      orientation: 'landscape',
    })
  }
  await breathe(job, total, total)
  const features = [pageSetup(sheets[0]?.paper ?? 'F4', widths)]
  return writeXlsxFile(made, { fontFamily: 'Arial', fontSize: 10, features }).toBlob()
}
