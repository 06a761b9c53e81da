import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { readCsv } from '../../../src/documents/read/csv.ts'
import { maxFileBytes, readPasted, readTables } from '../../../src/documents/read/readTables.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function rowsOf(bytes: Uint8Array) {
  const read = await readTables(bytes)
  return read.ok ? read.value.tables.map(({ rows }) => rows) : read.failure.kind
}

describe('CSV', () => {
  it.each([
    [
      'a;b\r\n1;"x;y"\r\n',
      [
        ['a', 'b'],
        ['1', 'x;y'],
      ],
    ],
    [
      'a,b\n"Contoh, S.E.",2',
      [
        ['a', 'b'],
        ['Contoh, S.E.', '2'],
      ],
    ],
    [
      'a\tb\r1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['"say ""yes""";"two\r\nlines"', [['say "yes"', 'two\r\nlines']]],
    [
      'a;;\n;b;',
      [
        ['a', null, null],
        [null, 'b', null],
      ],
    ],
    ['sep=,\r\na,b', [['a', 'b']]],
    ['a;"never closed', [['a', 'never closed']]],
    ["'+62812;'=1+1;O'Neil", [['+62812', '=1+1', "O'Neil"]]],
  ])('%j', (text, rows) => {
    expect(readCsv(text)).toEqual(rows)
  })

  it('reads UTF-8 with a mark, plain UTF-8, Windows-1252 and UTF-16', async () => {
    const rows = [[['Nama', 'Café “X”']]]
    expect(await rowsOf(utf8('\ufeffNama;Café “X”'))).toEqual(rows)
    expect(await rowsOf(utf8('Nama;Café “X”'))).toEqual(rows)
    const windows = Uint8Array.from([...utf8('Nama;Caf'), 0xe9, 0x20, 0x93, 0x58, 0x94])
    expect(await rowsOf(windows)).toEqual(rows)
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('Nama\tCafé “X”', 'utf16le')])
    expect(await rowsOf(utf16)).toEqual(rows)
  })

  it('reads pasted rows', () => {
    expect(readPasted('Nama\tNIP\nContoh\t1\n')).toMatchObject({
      value: {
        tables: [
          {
            rows: [
              ['Nama', 'NIP'],
              ['Contoh', '1'],
            ],
          },
        ],
      },
    })
    expect(readPasted(' \n ')).toEqual({ ok: false, failure: { kind: 'empty' } })
  })
})

describe('XLSX', () => {
  it('reads every sheet, numbers apart from texts, and merged cells', async () => {
    const file = await writeXlsx([
      {
        sheet: 'Hari 1',
        data: [
          [{ value: 'Kop', columnSpan: 2 }, null],
          ['199009132025242014', 1.99009132025242e17],
        ],
      },
      { sheet: 'Hari 2', data: [['Nama'], ['Contoh']] },
    ]).toBuffer()
    const read = await readTables(new Uint8Array(file))
    expect(read).toMatchObject({
      value: {
        tables: [
          { name: 'Hari 1', merges: [{ top: 0, left: 0, bottom: 0, right: 1 }] },
          { name: 'Hari 2', rows: [['Nama'], ['Contoh']], merges: [] },
        ],
      },
    })
    expect(read.ok && read.value.tables[0]?.rows[1]).toEqual(['199009132025242014', 1.99009132025242e17])
  })
})

/** A zip of one entry whose declared size is a lie. */
function lyingZip(name: string, content: Uint8Array, declaredBytes: number): Uint8Array {
  const packed = deflateRawSync(content)
  const header = (signature: number, size: number) => {
    const view = new DataView(new ArrayBuffer(size))
    view.setUint32(0, signature, true)
    return view
  }
  const local = header(0x04034b50, 30)
  const entry = header(0x02014b50, 46)
  local.setUint16(26, name.length, true)
  entry.setUint16(10, 8, true)
  entry.setUint32(20, packed.length, true)
  entry.setUint32(24, declaredBytes, true)
  entry.setUint16(28, name.length, true)
  const end = header(0x06054b50, 22)
  end.setUint16(10, 1, true)
  end.setUint32(16, 30 + name.length + packed.length, true)
  const parts = [local.buffer, utf8(name), packed, entry.buffer, utf8(name), end.buffer]
  return new Uint8Array(Buffer.concat(parts.map((part) => new Uint8Array(part))))
}

describe('what is no list', () => {
  const ole = (stream: string) => {
    const bytes = new Uint8Array(2048)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    bytes.set(Buffer.from(stream, 'utf16le'), 1024 + 128)
    return bytes
  }
  it.each([
    ['a workbook under a password', ole('EncryptedPackage'), 'encrypted'],
    ['an .xls', ole('Workbook'), 'legacyFormat'],
    ['a web page named .xls', utf8('<html><table></table>'), 'legacyFormat'],
    ['no bytes', new Uint8Array(), 'empty'],
    ['only blank lines', utf8('\ufeff;;\r\n \r\n'), 'empty'],
    ['a PDF', utf8('%PDF-1.7 ...'), 'notSpreadsheet'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), 'notSpreadsheet'],
    ['a Word document', zipSync({ 'word/document.xml': strToU8('<w/>') }), 'notSpreadsheet'],
    ['a workbook without a workbook', zipSync({ 'xl/workbook.xml': strToU8('<broken') }), 'damaged'],
    ['half a zip', zipSync({ 'xl/workbook.xml': strToU8('x'.repeat(1000)) }).subarray(0, 60), 'damaged'],
    ['a file over 50 MB', new Uint8Array(maxFileBytes + 1), 'tooLarge'],
    ['a zip that declares 4 GB', lyingZip('xl/workbook.xml', new Uint8Array(10), 0xffffffff), 'tooLarge'],
    ['a bomb that declares 10 bytes', lyingZip('xl/workbook.xml', new Uint8Array(300e6), 10), 'tooLarge'],
  ])('%s', async (_, bytes, kind) => {
    expect(await rowsOf(bytes)).toBe(kind)
  })

  it('a letter under the name of a workbook, but not a list', async () => {
    const kind = async (text: string, name: string) => {
      const read = await readTables(utf8(text), name)
      return read.ok || read.failure.kind
    }
    const letter = 'Kepada Yth. Bapak, Ibu\nDengan hormat, kami mengundang'
    expect(await kind(letter, 'undangan.xlsx')).toBe('notSpreadsheet')
    expect(await kind(letter, 'undangan.txt')).toBe(true)
    expect(await kind('Nama;Instansi\nContoh;Bappeda', 'daftar.xlsx')).toBe(true)
  })
})
