import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Person } from '../../../src/core/person.ts'
import { readTables } from '../../../src/documents/read/readTables.ts'
import { buildSheets } from '../../../src/documents/sheet.ts'
import { writeXlsx } from '../../../src/documents/xlsx.ts'
import { sampleInput, samplePerson, sampleSession } from './sampleEvent.ts'

const quietly = { onProgress: () => {}, signal: undefined }

async function write(input = sampleInput(3, { includePhone: true })) {
  return new Uint8Array(await (await writeXlsx(buildSheets(input), quietly)).arrayBuffer())
}

it('another library reads NIP and phone back as the texts they were', async () => {
  const read = await readTables(await write())
  const [table] = read.ok ? read.value.tables : []
  const row = table?.rows.find((cells) => cells.includes('Dra. Contoh Satu, M.Si.'))
  expect(row).toContain('19800421 201001 1 001')
  expect(row).toContain('0812-3000-000')
  expect(row).toContain('08.30 WIB')
  expect(row?.[0]).toBe(1)
})

it('has a column for each thing that was freely agreed to', async () => {
  const said = new Map([['person0', new Map([['group', { given: true, notice: 2, at: 0 }] as const])]])
  const read = await readTables(await write({ ...sampleInput(2), consents: { kinds: ['group'], said } }))
  const rows = (read.ok ? read.value.tables : []).flatMap(({ rows }) => rows)
  const at = rows.find((cells) => cells[1] === 'Nama')?.indexOf('Persetujuan: grup WhatsApp') ?? -1
  expect(rows.find((cells) => cells.includes('Dra. Contoh Satu, M.Si.'))?.[at]).toBe('Ya')
  expect(at).toBeGreaterThan(0)
})

it('the file itself says that a NIP is text: a string cell with the format @', async () => {
  const files = unzipSync(await write())
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  const strings = [...read('xl/sharedStrings.xml').matchAll(/<si>.*?<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text)
  const at = strings.indexOf('19800421 201001 1 001')
  const cell = new RegExp(`<c [^>]*t="s"[^>]*><v>${at}</v>`).exec(read('xl/worksheets/sheet1.xml'))?.[0] ?? ''
  const style = Number(/ s="(\d+)"/.exec(cell)?.[1])
  const styles = read('xl/styles.xml')
  const textFormat = /numFmtId="(\d+)" formatCode="@"/.exec(styles)?.[1]
  const cellStyle = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf [^>]*>/g)][style]?.[0]
  expect(textFormat).toBeDefined()
  expect(cellStyle).toContain(`numFmtId="${textFormat}"`)
})

it.each([
  ['F4', 14],
  ['A4', 9],
] as const)('is set up for %s, as wide as one page, upright only while that can be read', async (paper, code) => {
  const setup = async (person: Partial<Person>) => {
    const input = sampleInput(1, { paper })
    input.people = [{ ...samplePerson(0), rank: '', position: 'Staf', institution: 'BKD', ...person }]
    const xml = strFromU8(unzipSync(await write(input))['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(xml).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/)
    return /<pageSetup [^>]*>/.exec(xml)?.[0]
  }
  const fit = 'fitToWidth="1" fitToHeight="0"'
  expect(await setup({ name: 'Virgo' })).toBe(`<pageSetup paperSize="${code}" orientation="portrait" ${fit}/>`)
  expect(await setup({ name: 'Contoh '.repeat(9) })).toBe(
    `<pageSetup paperSize="${code}" orientation="landscape" ${fit}/>`,
  )
})

it('leaves the totals to the pen while people still sign on paper', async () => {
  const read = await readTables(await write(sampleInput(3, { blankRows: 2 })))
  const texts = (read.ok ? read.value.tables : []).flatMap(({ rows }) => rows.flat()).join('\n')
  expect(texts).toContain('Jumlah hadir: ......')
  expect(texts).toContain('Tercatat elektronik: 3 orang (L: 1, P: 2), mewakili 1')
})

it('a name that looks like a formula stays text', async () => {
  const input = sampleInput(1)
  input.people = [{ ...samplePerson(0), name: '=1+1' }]
  const files = unzipSync(await write(input))
  expect(strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).not.toContain('<f>')
})

it('one worksheet per sheet, with letterhead, block, totals and signatories', async () => {
  const input = sampleInput(2, { unsentCount: 2 })
  input.sessions = [sampleSession, { ...sampleSession, id: 'two', day: '2023-08-10' }]
  const read = await readTables(await write(input))
  const tables = read.ok ? read.value.tables : []
  expect(tables.map(({ name }) => name)).toEqual(['9 Agustus 2023 09.00 Peserta', '10 Agustus 2023 09.00 Peserta'])
  const texts = tables[0]?.rows.flat()
  for (const text of [
    'PEMERINTAH PROVINSI BANTEN',
    'DAFTAR HADIR PESERTA',
    'Rabu, 9 Agustus 2023',
    '2 belum terkirim',
    'Jumlah hadir: 2 orang (L: 1, P: 1). Mewakili: 1 orang.',
    'Serang, 9 Agustus 2023',
    'NIP. 19680411 199303 1 009',
  ])
    expect(texts).toContain(text)
})
