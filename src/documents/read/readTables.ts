import { guessLayout } from '../../core/import/layout.ts'
import type { Table } from '../../core/import/table.ts'
import { filledCells } from '../../core/import/table.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { readCsv } from './csv.ts'
import type { ReadFailure } from './failure.ts'
import { decodeText } from './text.ts'
import { readWorkbook } from './workbook.ts'

export const maxFileBytes = 50 * 1024 * 1024

const oleMagic = [0xd0, 0xcf, 0x11, 0xe0]
const zipMagic = [0x50, 0x4b]

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte)
}

/** Whether an OLE container is a workbook under a password: its directory names a stream in UTF-16. */
function isEncrypted(bytes: Uint8Array): boolean {
  const name = [...'EncryptedPackage'].map((letter) => letter.charCodeAt(0))
  for (let at = 512; at + 2 * name.length <= bytes.length; at += 64)
    if (name.every((code, letter) => bytes[at + 2 * letter] === code && bytes[at + 2 * letter + 1] === 0)) return true
  return false
}

const workbookName = /\.xls[xm]?$/i

async function readAny(bytes: Uint8Array, name: string): Promise<Result<Table[], ReadFailure>> {
  if (bytes.length > maxFileBytes) return fail({ kind: 'tooLarge' })
  if (bytes.length === 0) return fail({ kind: 'empty' })
  if (startsWith(bytes, oleMagic)) return fail({ kind: isEncrypted(bytes) ? 'encrypted' : 'legacyFormat' })
  if (startsWith(bytes, zipMagic)) return readWorkbook(bytes)
  const text = decodeText(bytes)
  if (text === undefined) return fail({ kind: 'notSpreadsheet' })
  if (/^\s*<(!doctype html|html|table|\?xml|meta|head)/i.test(text)) return fail({ kind: 'legacyFormat' })
  const table: Table = { name: '', rows: readCsv(text), merges: [] }
  const isRenamed = workbookName.test(name) && !guessLayout(table).certain
  return isRenamed ? fail({ kind: 'notSpreadsheet' }) : ok([table])
}

/**
 * The tables of a workbook (.xlsx) or a CSV file, those with anything in them; or why there are none. Text under the
 * name of a workbook is a list only when it has a header that is known: else it is a letter that was renamed.
 */
export async function readTables(bytes: Uint8Array, name = ''): Promise<Result<{ tables: Table[] }, ReadFailure>> {
  const read = await readAny(bytes, name)
  if (!read.ok) return read
  const tables = read.value.filter(({ rows }) => rows.some((row) => filledCells(row) > 0))
  return tables.length > 0 ? ok({ tables }) : fail({ kind: 'empty' })
}

/** The table that was copied from a spreadsheet, or typed as CSV, and pasted. */
export function readPasted(text: string): Result<{ tables: Table[] }, ReadFailure> {
  const rows = readCsv(text)
  return rows.some((row) => filledCells(row) > 0)
    ? ok({ tables: [{ name: '', rows, merges: [] }] })
    : fail({ kind: 'empty' })
}
