import { describe, expect, it } from 'vitest'
import { guessLayout } from '../../../src/core/import/layout.ts'
import { peopleAfter, plan, readDataFile } from './runImport.ts'

describe('undangan-sosialisasi-banten.xlsx', () => {
  it('finds the two-row header below the letterhead and what each column means', async () => {
    const layout = guessLayout(await readDataFile('undangan-sosialisasi-banten.xlsx'))
    expect([layout.firstHeaderRow, layout.lastHeaderRow]).toEqual([7, 8])
    expect(layout.labels[1]).toBe('Identitas – Nama Lengkap dan Gelar')
    expect(layout.labels[8]).toBe('Kontak – No. HP (WA)')
    expect(layout.mapping).toEqual('ignore name nip sex rank position institution role phone'.split(' '))
  })

  it('accounts for every row: 128 persons, the letterhead, separators and the total', async () => {
    const { rows, skipped, counts } = plan(await readDataFile('undangan-sosialisasi-banten.xlsx'))
    expect(rows).toHaveLength(128)
    expect(rows.length + skipped.length).toBe(140)
    expect(skipped.at(-1)).toEqual({ row: 140, reason: 'total', text: 'Jumlah undangan: 128 orang' })
    expect(skipped.filter(({ reason }) => reason === 'blank').map(({ row }) => row)).toEqual([4, 7, 50, 91])
    expect(counts).toEqual({ added: 107, updated: 0, duplicate: 0, needsLook: 21 })
  })

  it('flags the 20 NIP that the spreadsheet kept as numbers and adds these persons without a NIP', async () => {
    const { rows } = plan(await readDataFile('undangan-sosialisasi-banten.xlsx'))
    const lost = rows.filter(({ reasons }) => reasons.some(({ kind }) => kind === 'nipLostDigits'))
    expect(lost).toHaveLength(20)
    expect(lost.every(({ outcome, fields }) => outcome === 'needsLook' && fields.name && !fields.nip)).toBe(true)
    expect(lost[0]?.reasons).toEqual([{ kind: 'nipLostDigits', text: '197904082001021000' }])
  })

  it('keeps two namesakes of one office apart when what is left of a lost NIP differs', async () => {
    const people = peopleAfter(plan(await readDataFile('undangan-sosialisasi-banten.xlsx')))
    const cecep = people.filter(({ name, institution }) => /Cecep$/.test(name) && institution === 'Dinas Sosial')
    expect(cecep.map(({ name, nip }) => [name, nip]).sort()).toEqual([
      ['Dr. H. Cecep', '199103172024211038'],
      ['Dra. Cecep', ''],
    ])
  })
})

describe('peserta-rakor-kalsel.csv', () => {
  it('reads semicolons, a BOM and quoted line breaks, and keeps "mewakili" as the note', async () => {
    const { counts, rows } = plan(await readDataFile('peserta-rakor-kalsel.csv'))
    expect(counts).toEqual({ added: 60, updated: 0, duplicate: 0, needsLook: 0 })
    expect(rows[1]?.fields).toMatchObject({
      name: 'Hj. Maman Santoso, A.Md.',
      nip: '199708152021081001',
      numberKind: 'pns',
      institution: 'Dinas PU dan Penataan Ruang',
      note: 'mewakili Kepala Dinas',
    })
    expect(rows[10]?.fields.note).toBe('hadir lewat Zoom')
    expect(rows.find(({ fields }) => fields.nip === '198801122021211012')?.fields.numberKind).toBe('pppk')
  })
})

describe('formulir-pendaftaran.csv', () => {
  it('reads the columns of a web form and sees who registered twice', async () => {
    const table = await readDataFile('formulir-pendaftaran.csv')
    expect(guessLayout(table).mapping).toEqual('ignore email name nip institution position phone'.split(' '))
    const { counts, rows } = plan(table)
    expect(counts).toEqual({ added: 45, updated: 0, duplicate: 2, needsLook: 0 })
    expect(rows.slice(-2).map(({ reasons }) => reasons)).toEqual([
      [{ kind: 'sameAsRow', row: 5 }],
      [{ kind: 'sameAsRow', row: 12 }],
    ])
  })
})

describe.each(['undangan-sosialisasi-banten.xlsx', 'peserta-rakor-kalsel.csv', 'formulir-pendaftaran.csv'])(
  '%s a second time',
  (name) => {
    it('changes nothing', async () => {
      const table = await readDataFile(name)
      const first = plan(table)
      const again = plan(table, peopleAfter(first))
      expect(again.ops).toEqual([])
      expect(again.counts).toEqual({ added: 0, updated: 0, duplicate: first.rows.length, needsLook: 0 })
    })
  },
)
