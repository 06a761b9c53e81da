import writeXlsxFile from 'write-excel-file/universal'
import type { EventRecord, SessionRecord } from '../../src/core/event.ts'
import { type Ink, packInk } from '../../src/core/ink.ts'
import type { PersonFields } from '../../src/core/person.ts'
import type { SheetInput } from '../../src/documents/sheet.ts'
import { drawSignature } from '../support/signature.ts'

export const inventEvent: Omit<EventRecord, 'id' | 'salt' | 'deleted'> = {
  title: 'Sosialisasi Contoh',
  institution: 'Inspektorat Provinsi Contoh',
  institutionWord: 'OPD',
  namesReaders: false,
  venue: 'Aula Contoh',
  city: 'Contoh',
  mode: 'luring',
  zone: 'WIB',
  letterhead: ['PEMERINTAH PROVINSI CONTOH', 'INSPEKTORAT', 'Jalan Contoh Nomor 1'],
  signatories: { left: undefined, right: undefined },
  roles: ['peserta'],
}
export const inventSessions: Omit<SessionRecord, 'id' | 'deleted'>[] = [
  { title: 'Hari 1', day: '2026-11-21', start: '09:00', end: '' },
]

const given = ['Ani', 'Budi', 'Citra', 'Dewi', 'Eko', 'Fajar', 'Gita', 'Hadi', 'Indah', 'Joko', 'Kartika', 'Lestari']
const family = ['Pratama', 'Saputra', 'Wulandari', 'Nugraha', 'Permata', 'Santoso', 'Utami', 'Wijaya', 'Kusuma']
const offices = ['Dinas', 'Badan', 'Inspektorat', 'Sekretariat', 'Kecamatan', 'Kelurahan', 'UPTD', 'Biro']
const fields = ['Kesehatan', 'Pendidikan', 'Perhubungan', 'Sosial', 'Pertanian', 'Keuangan', 'Pariwisata', 'Umum']

const pick = (words: string[], i: number) => words[i % words.length] ?? ''
const digits = (value: number, length: number) => String(value).padStart(length, '0')

/** The `i`-th of any number of invented people, always the same one. */
export function inventPerson(i: number): PersonFields {
  const name = `${pick(given, i)} ${pick(family, Math.floor(i / 12))} ${pick(given, Math.floor(i / 108))}`
  const nip = `19${70 + (i % 25)}${digits(1 + (i % 12), 2)}${digits(1 + (i % 28), 2)}2010${digits(1 + (i % 12), 2)}${1 + (i % 2)}`
  return {
    name: `${i % 3 === 0 ? 'Dr. ' : ''}${name}${i % 2 === 0 ? ', S.E., M.Si.' : ''}`,
    numberKind: 'pns',
    nip: `${nip}${digits(1 + (Math.floor(i / 300) % 999), 3)}`,
    rank: 'Penata, III/c',
    position: 'Analis Kebijakan',
    institution: `${pick(offices, i)} ${pick(fields, Math.floor(i / 8))} Kabupaten Contoh ${1 + (i % 40)}`,
    sex: i % 2 === 0 ? 'L' : 'P',
    phone: `+62812${digits(10_000_000 + i * 7, 8)}`,
    email: '',
    roles: ['peserta'],
    invited: true,
    note: '',
    deleted: false,
  }
}

/** Two strokes of the `i`-th hand, unlike those of all others. */
export function inventInk(i: number): Ink {
  const points = Array.from({ length: 80 }, (_, at) => ({
    x: 40 + at * 5 + 20 * Math.sin(at * (0.3 + i * 0.0011)),
    y: 120 + 70 * Math.sin(at * (0.37 + i * 0.0007) + i) + 20 * Math.cos(at * i * 0.13),
  }))
  return { width: 512, height: 256, strokes: [points.slice(0, 50), points.slice(50)] }
}

/** A list of invitations as a workbook: title, header, one row per person, NIP and phone as text. */
export function writeWorkbook(count: number): Promise<Blob> {
  const text = (value: string) => ({ value, type: String })
  const head = ['No', 'Nama', 'NIP', 'Jabatan', 'Instansi', 'No. HP'].map(text)
  const rows = Array.from({ length: count }, (_, i) => {
    const { name, nip, position, institution, phone } = inventPerson(i)
    return [{ value: i + 1 }, ...[name, nip, position, institution, phone].map(text)]
  })
  const data = [[text('DAFTAR UNDANGAN')], head, ...rows]
  return writeXlsxFile([{ sheet: 'Undangan', data }]).toBlob()
}

/** One session that everyone has come to and signed. */
export function inventSheet(count: number): SheetInput {
  const people = Array.from({ length: count }, (_, i) => ({ id: `p${i}`, ...inventPerson(i) }))
  return {
    event: { ...inventEvent, id: 'event', salt: '', deleted: false },
    sessions: inventSessions.map((session) => ({ ...session, id: 'session', deleted: false })),
    people,
    attendances: people.map(({ id }, i) => ({
      person: id,
      session: 'session',
      arrivedAt: Date.UTC(2026, 10, 21, 2) + i * 1000,
      method: 'facilitator',
      ink: packInk(drawSignature(i)),
      unsignedReason: '',
      represents: '',
      lateReason: '',
      isLate: false,
    })),
    consents: { kinds: [], said: new Map() },
    options: {
      paper: 'F4',
      sort: 'name',
      people: 'present',
      blankRows: 0,
      includePhone: false,
      unsentCount: 0,
      masked: false,
    },
  }
}
