import { describe, expect, it } from 'vitest'
import type { Consents } from '../../../src/core/consent.ts'
import { instantOf } from '../../../src/core/time.ts'
import { sheetsToCsv, toCsv } from '../../../src/documents/csv.ts'
import { readCsv } from '../../../src/documents/read/csv.ts'
import {
  allRows,
  buildSheets,
  type SheetInput,
  type SheetOptions,
  type SheetSort,
} from '../../../src/documents/sheet.ts'
import { sampleAttendance, sampleEvent, sampleInput, samplePerson, sampleSession } from './sampleEvent.ts'

describe('sheets', () => {
  it('one per session and group of roles; nobody stands on two', () => {
    const input = sampleInput(4)
    input.people = [
      { ...samplePerson(0), roles: ['peserta', 'narasumber'] },
      { ...samplePerson(1), roles: ['panitia'] },
      { ...samplePerson(2), roles: [] },
      { ...samplePerson(3), roles: ['moderator'] },
    ]
    input.sessions = [sampleSession, { ...sampleSession, id: 'two', day: '2023-08-10' }]
    const sheets = buildSheets(input)
    expect(sheets.map(({ title, rows, day }) => [day, title, rows.map(({ name }) => name)])).toEqual([
      ['2023-08-09', 'DAFTAR HADIR PESERTA', ['Virgo']],
      ['2023-08-09', 'DAFTAR HADIR NARASUMBER DAN MODERATOR', ['Dra. Contoh Satu, M.Si.', 'dr. Misal Tiga, Sp.PD']],
      ['2023-08-09', 'DAFTAR HADIR PANITIA', ['H. Bayangkara Rekaan, S.H., M.H.']],
      ['2023-08-10', 'DAFTAR HADIR PESERTA', []],
    ])
    expect(new Set(sheets.map(({ name }) => name)).size).toBe(4)
  })

  it('one group alone, under its own title also when nobody of it came', () => {
    const input = sampleInput(2, { group: 'panitia', blankRows: 5 })
    expect(buildSheets(input).map(({ title, rows }) => [title, rows.length])).toEqual([['DAFTAR HADIR PANITIA', 0]])
    input.options.group = 'peserta'
    expect(buildSheets(input)[0]?.rows).toHaveLength(2)
  })

  it('names day, time, place and event, in the zone of the event', () => {
    const input = sampleInput(0)
    input.event = { ...sampleEvent, zone: 'WITA' }
    input.sessions = [{ ...sampleSession, end: '12:30', title: 'Pembukaan' }]
    expect(buildSheets(input)[0]?.facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Hari/Tanggal: Rabu, 9 Agustus 2023',
      'Waktu: Pukul 09.00 WITA s.d. 12.30 WITA',
      'Tempat: Pendopo Gubernur Banten, KP3B, Curug, Kota Serang',
      'Acara: Sosialisasi Antikorupsi di Lingkungan Pemerintah Provinsi Banten',
      'Sesi: Pembukaan',
    ])
  })

  it.each(['Asia/Jakarta', 'America/New_York', 'Pacific/Kiritimati'])(
    'an event of Kalimantan Selatan prints WITA on a device set to %s',
    (zone) => {
      const before = process.env.TZ
      process.env.TZ = zone
      const input = sampleInput(1)
      input.event = { ...sampleEvent, zone: 'WITA' }
      input.attendances = [{ ...sampleAttendance(0), arrivedAt: Date.UTC(2023, 7, 9, 0, 5) }]
      const [sheet] = buildSheets(input)
      process.env.TZ = before
      expect(sheet?.rows[0]?.arrived).toBe('08.05 WITA')
    },
  )

  it('names the day of an arrival that is not the day of the session', () => {
    const input = sampleInput(1)
    input.attendances = [{ ...sampleAttendance(0), arrivedAt: instantOf('2023-08-10', '07:15', 'WIB') }]
    expect(buildSheets(input)[0]?.rows[0]).toMatchObject({
      arrived: '10 Agustus 2023, 07.15 WIB',
      stamp: '10/08 07.15 WIB',
    })
  })

  it('counts who came, of which sex, and for whom', () => {
    expect(buildSheets(sampleInput(40))[0]?.totals).toEqual({
      present: 40,
      male: 20,
      female: 20,
      representing: 7,
      late: 0,
    })
  })

  it.each([
    ['everyone on it came', {}, 3, false],
    ['it has empty rows', { blankRows: 1 }, 3, true],
    ['someone on it has not come', { people: 'everyone' as const }, 2, true],
  ])('is open for signatures on paper: when %s, %o', (_, options, came, isOpen) => {
    const input = sampleInput(3, options)
    input.attendances = input.attendances.slice(0, came)
    expect(buildSheets(input)[0]?.isOpen).toBe(isOpen)
  })

  it.each<[SheetSort, string[]]>([
    ['arrival', ['Virgo', 'H. Bayangkara Rekaan, S.H., M.H.', 'Dra. Contoh Satu, M.Si.', 'dr. Misal Tiga, Sp.PD']],
    ['name', ['H. Bayangkara Rekaan, S.H., M.H.', 'Dra. Contoh Satu, M.Si.', 'dr. Misal Tiga, Sp.PD', 'Virgo']],
    ['institution', ['Dra. Contoh Satu, M.Si.', 'H. Bayangkara Rekaan, S.H., M.H.', 'Virgo', 'dr. Misal Tiga, Sp.PD']],
    ['protocol', ['dr. Misal Tiga, Sp.PD', 'H. Bayangkara Rekaan, S.H., M.H.', 'Dra. Contoh Satu, M.Si.', 'Virgo']],
  ])('sorted by %s; who has not come is last by arrival', (sort, names) => {
    const input = sampleInput(4, { sort, people: 'everyone' })
    input.people = input.people.map((person, at) => ({ ...person, roles: at === 3 ? ['pimpinan'] : ['peserta'] }))
    input.attendances = [2, 1, 0].map((person, at) => ({ ...sampleAttendance(at), person: `person${person}` }))
    expect(buildSheets(input)[0]?.rows.map(({ name }) => name)).toEqual(names)
  })

  it('sorted by institution, a regency stands with the regencies however it is written', () => {
    const offices = ['Kota Serang', 'KABUPATEN KOTA BARU', 'Kab. Tapin', 'Kabupaten Banjar']
    const input = sampleInput(4, { sort: 'institution' })
    input.people = input.people.map((person, at) => ({ ...person, institution: offices[at] ?? '' }))
    expect(buildSheets(input)[0]?.rows.map(({ institution }) => institution)).toEqual([
      'Kabupaten Banjar',
      'KABUPATEN KOTA BARU',
      'Kab. Tapin',
      'Kota Serang',
    ])
  })

  it('adds empty numbered rows for those who sign on paper', () => {
    const [sheet] = buildSheets(sampleInput(2, { blankRows: 3 }))
    expect(sheet && allRows(sheet).map(({ number, name }) => [number, Boolean(name)])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, false],
      [5, false],
    ])
  })

  it('masked for sharing: no full NIP, no full phone, no ink', () => {
    const sheets = buildSheets(sampleInput(1, { masked: true, includePhone: true }))
    expect(sheets[0]?.rows[0]).toMatchObject({ nip: '1980**** ****** * 001', phone: '0812-****-0000', ink: '' })
  })
})

describe('what was freely agreed to', () => {
  const consent = (given: boolean) => ({ given, notice: 2, at: 0 })
  function asked(options: Partial<SheetOptions> = {}): SheetInput {
    const said: Consents = new Map([
      ['person0', new Map([['mail', consent(true)] as const, ['photo', consent(false)] as const])],
      ['person1', new Map([['photo', consent(true)] as const])],
    ])
    const input = sampleInput(3, options)
    const people = input.people.map((person) => ({ ...person, email: `${person.id}@contoh.go.id` }))
    return { ...input, people, consents: { kinds: ['photo', 'mail'], said } }
  }

  it('stands behind the signature, with the address of whoever wants mail there, and not of others', () => {
    const [head, ...rows] = readCsv(sheetsToCsv(buildSheets(asked())))
    expect(head?.slice(-4)).toEqual([
      'Tanda Tangan',
      'Persetujuan: foto dalam publikasi',
      'Persetujuan: sertifikat lewat surel',
      'Surel',
    ])
    expect(rows.map((row) => row.slice(-3))).toEqual([
      ['Ditarik', 'Ya', 'person0@contoh.go.id'],
      ['Ya', null, null],
      [null, null, null],
    ])
  })

  it('is in no masked file, and no column of an event that asks for nothing', () => {
    expect(sheetsToCsv(buildSheets(asked({ masked: true })))).not.toMatch(/Persetujuan|contoh.go.id/)
    expect(sheetsToCsv(buildSheets(sampleInput(1)))).not.toContain('Persetujuan')
  })
})

describe('CSV', () => {
  it('is guarded against formulas, quoted, with `;`, CRLF and a mark, and reads back as it was', () => {
    const rows = [
      ['Nama', 'Catatan'],
      ['=HYPERLINK("x")', '+62812'],
      ['@SUM(A1)', '-1'],
      ['197904082001021000', '123456789012345'],
      ['Contoh; "Satu"', 'dua\nbaris'],
    ]
    const csv = toCsv(rows)
    expect(csv.startsWith('\ufeff"Nama";"Catatan"\r\n"\'=HYPERLINK(""x"")";"\'+62812"\r\n')).toBe(true)
    expect(csv).toContain('"\'@SUM(A1)";"\'-1"')
    expect(csv).toContain('"\'197904082001021000";"123456789012345"')
    expect(readCsv(csv)).toEqual(rows)
  })

  it('holds every person of every sheet with the whole NIP', () => {
    const rows = readCsv(sheetsToCsv(buildSheets(sampleInput(3, { includePhone: true }))))
    expect(rows[0]).toHaveLength(16)
    expect(rows[1]?.slice(0, 7)).toEqual([
      '2023-08-09',
      '09.00 WIB',
      null,
      'Peserta',
      '1',
      'Dra. Contoh Satu, M.Si.',
      '19800421 201001 1 001',
    ])
    expect(rows[2]?.slice(-4)).toEqual([
      'Peserta',
      'Kepala Dinas Kesehatan Provinsi Banten',
      '08.30 WIB',
      'Ditandatangani',
    ])
    expect(rows).toHaveLength(4)
  })

  it('tells two sessions of one day apart, each numbered by itself', () => {
    const input = sampleInput(2)
    input.sessions = [
      { ...sampleSession, title: 'Pagi' },
      { ...sampleSession, id: 'two', title: 'Siang', start: '13:00' },
    ]
    input.attendances = [...input.attendances, { ...sampleAttendance(0), session: 'two' }]
    const [head, ...rows] = readCsv(sheetsToCsv(buildSheets(input)))
    expect(head?.slice(0, 5)).toEqual(['Tanggal', 'Waktu Mulai', 'Sesi', 'Daftar', 'No'])
    expect(rows.map((row) => row.slice(1, 5))).toEqual([
      ['09.00 WIB', 'Pagi', 'Peserta', '1'],
      ['09.00 WIB', 'Pagi', 'Peserta', '2'],
      ['13.00 WIB', 'Siang', 'Peserta', '1'],
    ])
  })
})
