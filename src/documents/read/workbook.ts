import { zipSync } from 'fflate'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import type { Cell, Table } from '../../core/import/table.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { ReadFailure } from './failure.ts'
import { unzip } from './unzip.ts'

/** Parts that hold cells and their texts; drawings, pictures and pivots are left packed away. */
const neededParts =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/[^/]+\.xml|xl\/_rels\/[^/]+|xl\/worksheets\/[^/]+\.xml)$/

/** The worksheets of an .xlsx, in their order. */
export async function readWorkbook(bytes: Uint8Array): Promise<Result<Table[], ReadFailure>> {
  const unzipped = unzip(bytes)
  if (!unzipped.ok) return unzipped
  const names = Object.keys(unzipped.value)
  if (!names.some((name) => name.startsWith('xl/'))) return fail({ kind: 'notSpreadsheet' })
  const parts = Object.fromEntries(Object.entries(unzipped.value).filter(([name]) => neededParts.test(name)))
  try {
    const { sheets } = await readXlsx(zipSync(parts, { level: 0 }))
    return ok(
      sheets.map(({ name, rows, merges }) => ({
        name,
        rows: rows.map((row) => row.map(toCell)),
        merges: (merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
          top: startRow,
          left: startCol,
          bottom: endRow,
          right: endCol,
        })),
      })),
    )
  } catch {
    return fail({ kind: 'damaged' })
  }
}

function toCell(value: CellValue): Cell {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return String(value)
  return value === '' ? null : value
}
