import { describe, expect, it } from 'vitest'
import { guessLayout, layoutAt } from '../../../src/core/import/layout.ts'
import { countProblems, listProblems } from '../../../src/core/import/problems.ts'
import { peopleAfter, plan, tableOf } from './runImport.ts'

const head = ['No', 'Nama', 'NIP', 'Instansi', 'No. HP']
const nip = '19680411 199303 2 009'

function outcomes(rows: (string | number | null)[][], people = peopleAfter()) {
  return plan(tableOf([head, ...rows]), people).rows.map(({ outcome, reasons }) => [outcome, ...reasons])
}

describe('rows of a list', () => {
  it('skips repeated headers, column numbers, headings and totals, and says so', () => {
    const { rows, skipped } = plan(
      tableOf([
        head,
        ['(1)', '(2)', '(3)', '(4)', '(5)'],
        ['KEPALA DINAS', null, null, null, null],
        [1, 'Contoh Satu', nip, 'Bappeda', '0812-3456-7890'],
        head,
        [null, 'II. NARASUMBER', null, null, null],
        [2, 'Virgo', null, null, null],
        ['Jumlah', 2, null, null, null],
        [],
      ]),
    )
    expect(rows.map(({ row, name }) => [row, name])).toEqual([
      [4, 'Contoh Satu'],
      [7, 'Virgo'],
    ])
    expect(skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'header'],
      [2, 'columnNumbers'],
      [3, 'heading'],
      [5, 'header'],
      [6, 'heading'],
      [8, 'total'],
    ])
  })

  it.each([
    ['a number in each row', head, [[1, 'Contoh Satu', nip, 'Bappeda', null]]],
    ['a total', ['', ...head.slice(1)], [[null, 'Contoh Satu', nip, 'Bappeda', null], ['Total: 1 orang']]],
  ])('takes nobody from the signatures below a list with %s', (_, labels, list) => {
    const signatures = [
      [null, 'Mengetahui,', null, 'Serang, 9 Agustus 2023', null],
      [null, 'Contoh Dua, S.E.', null, null, null],
      [null, 'NIP. 19680411 199303 1 009', null, null, null],
    ]
    const { rows, skipped } = plan(tableOf([labels, ...list, ...signatures]))
    expect(rows.map(({ name }) => name)).toEqual(['Contoh Satu'])
    expect(skipped.slice(-3).map(({ reason }) => reason)).toEqual(['footer', 'footer', 'footer'])
  })

  it('still takes a person who was added below the numbered rows', () => {
    const { rows } = plan(
      tableOf([head, [1, 'Contoh Satu', nip, 'A', null], [null, 'Contoh Dua', null, 'B', '0812345678901']]),
    )
    expect(rows.map(({ name }) => name)).toEqual(['Contoh Satu', 'Contoh Dua'])
  })

  it('does not add a row without a name, and shows it', () => {
    expect(outcomes([[1, null, nip, 'Bappeda', null]])).toEqual([['needsLook', { kind: 'noName' }]])
  })

  it('adds a person whose NIP is wrong without it, with the reason', () => {
    const { rows } = plan(tableOf([head, [1, 'Contoh Satu', '198613262015051001', 'Bappeda', null]]))
    expect(rows[0]).toMatchObject({
      outcome: 'needsLook',
      reasons: [{ kind: 'nipInvalid', problem: 'birthDate', text: '198613262015051001' }],
    })
    expect(rows[0]?.fields).not.toHaveProperty('nip')
  })

  it.each([
    [1.99009132025242e17, 'nipLostDigits'],
    ['1,99009E+17', 'nipLostDigits'],
    ['3604011104680001', 'nikNotKept'],
  ])('does not keep the number %s', (cell, kind) => {
    const { rows } = plan(tableOf([head, [1, 'Contoh Satu', cell, 'Bappeda', null]]))
    expect(rows[0]?.reasons.map((reason) => reason.kind)).toEqual([kind])
    expect(rows[0]?.fields).not.toHaveProperty('nip')
  })

  it.each(['-', '—', '0', 'tidak ada', 'Non ASN', null])('reads %s as no number', (cell) => {
    expect(outcomes([[1, 'Contoh Satu', cell, 'Bappeda', null]])).toEqual([['added']])
  })

  it('keeps an NRP as one, and PPPK numbers', () => {
    const { rows } = plan(
      tableOf([head, [1, 'Akp. Contoh', 'NRP 85061234', 'Polda', null], [2, 'Dua', '199009132025242014', 'BKD', null]]),
    )
    expect(rows.map(({ fields }) => [fields.nip, fields.numberKind])).toEqual([
      ['85061234', 'nrp'],
      ['199009132025242014', 'pppk'],
    ])
  })
})

describe('who a row is', () => {
  it('the same NIP twice in a file is one person', () => {
    const same = ['added', 'duplicate']
    expect(
      outcomes([
        [1, 'Contoh Satu', nip, 'Bappeda', null],
        [2, 'Contoh Satu', nip, 'Bappeda', null],
      ]).map(([one]) => one),
    ).toEqual(same)
  })

  it('takes over only what changes and is filled', () => {
    const people = peopleAfter(plan(tableOf([head, [1, 'Contoh Satu', nip, 'Bappeda', '0812-3456-7890']])))
    const { rows } = plan(tableOf([head, [1, 'Dr. Contoh Satu, M.Si.', nip, 'BAPPEDA', null]]), people)
    expect(rows[0]).toMatchObject({
      outcome: 'updated',
      person: people[0]?.id,
      fields: { name: 'Dr. Contoh Satu, M.Si.' },
    })
    expect(Object.keys(rows[0]?.fields ?? {})).toEqual(['name'])
  })

  it('gives the NIP to the person who was added without it', () => {
    const people = peopleAfter(plan(tableOf([head, [1, 'Contoh Satu', 1.96804111993032e17, 'Bappeda', null]])))
    const { rows } = plan(tableOf([head, [1, 'Contoh Satu', nip, 'Bappeda', null]]), people)
    expect(rows[0]).toMatchObject({ outcome: 'updated', person: people[0]?.id, fields: { nip: '196804111993032009' } })
  })

  it('takes nothing over when another name stands with the NIP', () => {
    const people = peopleAfter(plan(tableOf([head, [1, 'Contoh Satu', nip, 'Bappeda', null]])))
    const [row] = plan(tableOf([head, [1, 'Lain Sekali', nip, 'Dinas', null]]), people).rows
    expect(row).toMatchObject({ outcome: 'needsLook', fields: {} })
    expect(row?.reasons).toContainEqual({ kind: 'nameDiffers', name: 'Contoh Satu' })
  })

  it('a shared phone is a warning only', () => {
    expect(
      outcomes([
        [1, 'Satu', null, 'A', '081234567890'],
        [2, 'Dua', null, 'B', '+62 812-3456-7890'],
      ]),
    ).toEqual([['added'], ['added', { kind: 'samePhone', name: 'Satu' }]])
  })

  it('the bare name of a region is kept and shown, with the names that it may be short for', () => {
    const regions = ['Kabupaten Serang', 'Kota Serang']
    expect(
      outcomes([
        [1, 'Satu', null, 'Serang', null],
        [2, 'Dua', null, 'Kota Serang', null],
      ]),
    ).toEqual([['needsLook', { kind: 'bareRegion', text: 'Serang', regions }], ['added']])
  })

  it('a namesake with other titles and another phone is added and shown', () => {
    const rows = [
      [1, 'Satu, S.E.', nip, 'A', '081234567890'],
      [2, 'Satu, S.H.', null, 'A', '081234567899'],
    ]
    expect(outcomes(rows)).toEqual([['added'], ['needsLook', { kind: 'sameName', name: 'Satu, S.E.' }]])
    const again = plan(tableOf([head, ...rows]), peopleAfter(plan(tableOf([head, ...rows]))))
    expect(again.ops).toEqual([])
  })

  it('brings back a person that was deleted', () => {
    const table = tableOf([head, [1, 'Contoh Satu', nip, 'Bappeda', null]])
    expect(plan(table).rows[0]?.fields.deleted).toBe(false)
  })
})

describe('columns', () => {
  it.each([
    ['Nama lengkap (dengan gelar)', 'name'],
    ['N I P', 'nip'],
    ['NIP / NIK / NRP (jika ada)', 'nip'],
    ['NIK', 'ignore'],
    ['L/P', 'sex'],
    ['Pangkat/Gol. Ruang', 'rank'],
    ['SKPD', 'institution'],
    ['Asal Instansi', 'institution'],
    ['Nama Instansi', 'institution'],
    ['Unit Kerja', 'institution'],
    ['Nomor WhatsApp aktif', 'phone'],
    ['No. HP (WA)', 'phone'],
    ['Alamat Email', 'email'],
    ['Email Address', 'email'],
    ['Jabatan', 'position'],
    ['Peran', 'role'],
    ['Keterangan', 'note'],
    ['Tanda Tangan', 'ignore'],
    ['Timestamp', 'ignore'],
    ['Institution', 'institution'],
    ['Full Name', 'name'],
  ])('"%s" is %s', (label, field) => {
    expect(guessLayout(tableOf([[label, 'Nama', 'Jabatan']])).mapping[0]).toBe(field)
  })

  it('reads a header over two rows, the names in the upper one, and leaves the facts above it out', () => {
    const merges = [{ top: 1, left: 2, bottom: 1, right: 3 }]
    const table = tableOf(
      [
        ['Acara', ': Sosialisasi'],
        ['Nama', 'OPD', 'Kontak', null],
        [null, null, 'No. HP', 'Email'],
        ['Contoh', 'Bappeda', '0812345678901', 'a@b.example'],
      ],
      merges,
    )
    const layout = guessLayout(table)
    expect(layout).toMatchObject({ firstHeaderRow: 1, lastHeaderRow: 2 })
    expect(layout.labels).toEqual(['Nama', 'OPD', 'Kontak – No. HP', 'Kontak – Email'])
    expect(layout.mapping).toEqual(['name', 'institution', 'phone', 'email'])
    const flat = tableOf([['Acara', ': Sosialisasi'], head, [1, 'Contoh', null, 'A', null]])
    expect(guessLayout(flat)).toMatchObject({ firstHeaderRow: 1, lastHeaderRow: 1 })
  })

  it('rows pasted without a header are mapped by the look of their values, and marked as uncertain', () => {
    const table = tableOf([
      ['Contoh Satu, S.E.', nip, 'L', '081234567890', 'satu@contoh.example'],
      ['Contoh Dua', '', 'P', '081234567891', 'dua@contoh.example'],
    ])
    const layout = guessLayout(table)
    expect(layout).toMatchObject({ certain: false, lastHeaderRow: -1 })
    expect(layout.mapping).toEqual(['name', 'nip', 'sex', 'phone', 'email'])
    expect(plan(table).counts.added).toBe(2)
  })

  it('a user may point at another header and change what a column means', () => {
    const table = tableOf([
      ['Siapa', 'Dari'],
      ['Contoh Satu', 'Bappeda'],
    ])
    const layout = layoutAt(table, 0, 0)
    layout.mapping = ['name', 'institution']
    expect(plan(table, [], layout).rows[0]?.fields).toMatchObject({ name: 'Contoh Satu', institution: 'Bappeda' })
  })
})

it('lists what a person has to look at, in the order of the file, and not what is no person', () => {
  const made = plan(
    tableOf([
      ['PEMERINTAH PROVINSI BANTEN'],
      head,
      [1, 'Satu', 1.23456789012346e17, 'A', null],
      [2, 'Dua', '3604011104680001', 'A', null],
      [3, 'Tiga', nip, 'A', null],
      ['II. NARASUMBER'],
      [4, 'Tiga', nip, 'A', null],
      ['Jumlah', 4, null, null, null],
      [null, 'Mengetahui,', null, 'Serang, 9 Agustus 2023'],
      [null, 'Contoh Empat, S.E.'],
    ]),
  )
  const words = {
    head: ['Baris', 'Nama', 'Instansi', 'NIP', 'Sebab'] as const,
    reason: ({ kind }: { kind: string }) => kind,
    skipped: ({ reason }: { reason: string }) => reason,
  }
  expect(countProblems(made)).toBe(3)
  expect(listProblems(made, words)).toEqual([
    ['Baris', 'Nama', 'Instansi', 'NIP', 'Sebab'],
    ['3', 'Satu', 'A', '123456789012346000', 'nipLostDigits'],
    ['4', 'Dua', 'A', '', 'nikNotKept'],
    ['10', 'Contoh Empat, S.E.', '', '', 'footer'],
  ])
})

it('works through 12,000 rows in steps, in ops of at most 200 persons, and again without a change', () => {
  const rows = Array.from({ length: 12_000 }, (_, at) => [
    at + 1,
    `Contoh ${at}`,
    at % 3
      ? `19${70 + (at % 20)}0101${2000 + (at % 20)}01${1 + (at % 2)}${String(1 + (at % 999)).padStart(3, '0')}`
      : null,
    `Dinas ${at % 40}`,
    `0812${10_000_000 + at}`,
  ])
  const table = tableOf([head, ...rows])
  const first = plan(table)
  expect(first.rows).toHaveLength(12_000)
  expect(Math.max(...first.ops.map((op) => op.length))).toBe(200)
  const again = plan(table, peopleAfter(first))
  expect(again.ops).toEqual([])
})
