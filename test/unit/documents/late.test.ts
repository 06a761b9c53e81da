import { expect, it } from 'vitest'
import { instantOf } from '../../../src/core/time.ts'
import { sheetsToCsv } from '../../../src/documents/csv.ts'
import { writePdf } from '../../../src/documents/pdf/pdf.ts'
import { readCsv } from '../../../src/documents/read/csv.ts'
import { readTables } from '../../../src/documents/read/readTables.ts'
import { buildSheets, type SheetInput } from '../../../src/documents/sheet.ts'
import { writeXlsx } from '../../../src/documents/xlsx.ts'
import { readPdf } from '../../support/pdf.ts'
import { sampleAttendance, sampleInput, sampleSession } from './sampleEvent.ts'

const quietly = { onProgress: () => {}, signal: undefined }
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())

/** A list that was closed at 08.30.10: the first came before, one of the others says why he comes late. */
function closedList(masked = false): SheetInput {
  const closed = { at: instantOf('2023-08-09', '08:30', 'WIB') + 10_000, dev: 'office', n: 1 }
  return {
    ...sampleInput(3, { masked }),
    sessions: [{ ...sampleSession, closed }],
    attendances: [
      sampleAttendance(0),
      { ...sampleAttendance(1), isLate: true, lateReason: 'Macet di jalan' },
      { ...sampleAttendance(2), isLate: true, method: 'own' },
    ],
  }
}
const marks = ['', 'Terlambat, dicatat panitia: Macet di jalan', 'Terlambat, mengisi sendiri']

it('the sheet says when it was closed, who came later, whose hand says so, and why', () => {
  const [sheet] = buildSheets(closedList())
  expect(sheet?.facts).toContainEqual({ label: 'Ditutup', value: '08.30 WIB' })
  expect(sheet?.rows.map(({ late }) => late)).toEqual(marks)
  expect(sheet?.totals.late).toBe(2)
})

it('what is shared says who came late and not why', () => {
  expect(JSON.stringify(buildSheets(closedList(true)))).not.toContain('Macet')
  expect(buildSheets(closedList(true))[0]?.rows[1]?.late).toBe('Terlambat, dicatat panitia')
})

it('the print carries the marks and their number', async () => {
  const { pages } = await readPdf(await bytesOf(await writePdf(buildSheets(closedList()), quietly)))
  const text = pages.join(' ').replace(/\s+/g, ' ')
  for (const words of ['Ditutup : 08.30 WIB', 'Terlambat, dicatat', 'Macet di jalan', 'Terlambat: 2 orang.'])
    expect(text).toContain(words)
})

it('the workbook and the CSV have a column for it, and none while nobody is late', async () => {
  const read = await readTables(await bytesOf(await writeXlsx(buildSheets(closedList()), quietly)))
  const rows = (read.ok ? read.value.tables : []).flatMap((table) => table.rows)
  const at = rows.find((cells) => cells[1] === 'Nama')?.indexOf('Keterangan') ?? -1
  expect(rows.filter((cells) => typeof cells[0] === 'number').map((cells) => cells[at] ?? '')).toEqual(marks)
  const [head, ...people] = readCsv(sheetsToCsv(buildSheets(closedList())))
  expect(head?.at(-1)).toBe('Keterangan')
  expect(people.map((cells) => cells[(head?.length ?? 0) - 1] ?? '')).toEqual(marks)
  expect(readCsv(sheetsToCsv(buildSheets(sampleInput(2))))[0]).not.toContain('Keterangan')
})
