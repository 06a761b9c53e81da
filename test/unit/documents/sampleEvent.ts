import type { EventRecord, SessionRecord } from '../../../src/core/event.ts'
import { type Point, packInk } from '../../../src/core/ink.ts'
import type { Person } from '../../../src/core/person.ts'
import { instantOf } from '../../../src/core/time.ts'
import type { SheetAttendance, SheetInput, SheetOptions } from '../../../src/documents/sheet.ts'

export const sampleEvent: EventRecord = {
  id: 'event',
  title: 'Sosialisasi Antikorupsi di Lingkungan Pemerintah Provinsi Banten',
  institution: 'Inspektorat Daerah',
  institutionWord: 'OPD',
  namesReaders: false,
  venue: 'Pendopo Gubernur Banten, KP3B, Curug, Kota Serang',
  city: 'Serang',
  mode: 'luring',
  zone: 'WIB',
  letterhead: [
    'PEMERINTAH PROVINSI BANTEN',
    'INSPEKTORAT DAERAH',
    'Kawasan Pusat Pemerintahan Provinsi Banten (KP3B), Jl. Syekh Nawawi Al-Bantani, Kec. Curug, Kota Serang 42171',
  ],
  signatories: {
    left: {
      label: 'Mengetahui,',
      position: 'Plt. Inspektur Daerah Provinsi Banten',
      name: 'Dr. Contoh Pertama, S.E., M.Si., CGCAE',
      rank: 'Pembina Utama Muda, IV/c',
      nip: '196804111993031009',
    },
    right: {
      label: 'Ketua Panitia,',
      position: '',
      name: 'Contoh Kedua, S.STP., M.AP.',
      rank: 'Penata Tingkat I, III/d',
      nip: '198609262015052001',
    },
  },
  roles: ['narasumber', 'peserta', 'panitia'],
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
  deleted: false,
}

export const sampleSession: SessionRecord = {
  id: 'session',
  title: '',
  day: '2023-08-09',
  start: '09:00',
  end: '',
  deleted: false,
}

/** A wavy line with loops, as a thumb draws a name; another for every seed. */
export function sampleInk(seed: number): string {
  const stroke = (from: number, turns: number): Point[] =>
    Array.from({ length: 70 }, (_, at) => ({
      x: from + at * 3.1 + 26 * Math.cos(at / turns + seed),
      y: 90 + 45 * Math.sin(at / (turns * 0.6) + seed * 1.7) * (1 - at / 110),
    }))
  return packInk({ width: 360, height: 180, strokes: [stroke(50, 2.2 + (seed % 5) * 0.3), stroke(90, 6)] })
}

const names = ['Dra. Contoh Satu, M.Si.', 'H. Bayangkara Rekaan, S.H., M.H.', 'Virgo', 'dr. Misal Tiga, Sp.PD']
const offices = [
  'Badan Perencanaan Pembangunan Daerah',
  'Dinas Kesehatan',
  'Dinas Komunikasi, Informatika, Statistik dan Persandian',
  'RSUD Contoh',
]
const positions = ['Kepala Bidang', 'Plt. Kepala', 'Kepala Subbagian Umum dan Kepegawaian', 'Analis SDM Aparatur']
const ranks = ['Pembina Tingkat I, IV/b', 'Penata, III/c', 'IX', '']

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

export function samplePerson(at: number): Person {
  const hasNip = at % 4 !== 2
  return {
    id: `person${at}`,
    name: `${pick(names, at)}${at < names.length ? '' : ` ${at}`}`,
    numberKind: hasNip ? 'pns' : 'none',
    nip: hasNip ? `198${at % 10}0421201001${1 + (at % 2)}${String(1 + (at % 998)).padStart(3, '0')}` : '',
    rank: hasNip ? pick(ranks, at) : '',
    position: pick(positions, at),
    institution: pick(offices, at),
    sex: at % 2 ? 'L' : 'P',
    phone: `+62812${3_000_000 + at * 7}`,
    email: '',
    roles: ['peserta'],
    invited: true,
    note: '',
    deleted: false,
  }
}

export function sampleAttendance(at: number): SheetAttendance {
  return {
    person: `person${at}`,
    session: 'session',
    arrivedAt: instantOf('2023-08-09', '08:30', 'WIB') + at * 20_000,
    method: 'facilitator',
    ink: at % 9 === 5 ? '' : sampleInk(at),
    unsignedReason: at % 9 === 5 ? 'Tangan sedang cedera' : '',
    represents: at % 6 === 1 ? 'Kepala Dinas Kesehatan Provinsi Banten' : '',
    lateReason: '',
    isLate: false,
  }
}

export const sampleOptions: SheetOptions = {
  paper: 'F4',
  sort: 'arrival',
  people: 'present',
  blankRows: 0,
  includePhone: false,
  unsentCount: 0,
  masked: false,
}

/** An event with so many persons who all came. */
export function sampleInput(count: number, options: Partial<SheetOptions> = {}): SheetInput {
  return {
    event: sampleEvent,
    sessions: [sampleSession],
    people: Array.from({ length: count }, (_, at) => samplePerson(at)),
    attendances: Array.from({ length: count }, (_, at) => sampleAttendance(at)),
    consents: { kinds: [], said: new Map() },
    options: { ...sampleOptions, ...options },
  }
}
