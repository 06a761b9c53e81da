import type { AttendanceMethod } from '../core/attendance.ts'
import type { RoleGroup } from '../core/role.ts'
import { type Day, formatDay } from '../core/time.ts'

/** What is printed on a sheet: official documents are Indonesian, whatever the screen's language (UU 24/2009). */
export const titlesByGroup: Record<RoleGroup, string> = {
  peserta: 'DAFTAR HADIR PESERTA',
  narasumber: 'DAFTAR HADIR NARASUMBER DAN MODERATOR',
  panitia: 'DAFTAR HADIR PANITIA',
}

export const namesByGroup: Record<RoleGroup, string> = {
  peserta: 'Peserta',
  narasumber: 'Narasumber',
  panitia: 'Panitia',
}

export const words = {
  day: 'Hari/Tanggal',
  date: 'Tanggal',
  start: 'Waktu Mulai',
  time: 'Waktu',
  place: 'Tempat',
  event: 'Acara',
  session: 'Sesi',
  closed: 'Ditutup',
  number: 'No',
  name: 'Nama',
  nip: 'NIP / Pangkat/Gol.',
  plainNip: 'NIP',
  rank: 'Pangkat/Gol.',
  position: 'Jabatan',
  institution: 'Instansi',
  sex: 'L/P',
  phone: 'No. HP',
  ink: 'Tanda Tangan',
  role: 'Peran',
  represents: 'Mewakili',
  arrived: 'Waktu Hadir',
  note: 'Keterangan',
  list: 'Daftar',
  signed: 'Ditandatangani',
  consents: {
    photo: 'Persetujuan: foto dalam publikasi',
    group: 'Persetujuan: grup WhatsApp',
    mail: 'Persetujuan: sertifikat lewat surel',
    contacts: 'Persetujuan: kontak dibagikan',
  },
  email: 'Surel',
  agreed: 'Ya',
  withdrawn: 'Ditarik',
  inkNotice: 'Tanda tangan elektronik tidak tersertifikasi (PP 71/2019), dibubuhkan sendiri oleh yang hadir.',
  replacedNotice: 'Tanda ? menggantikan aksara yang tidak ada pada huruf cetak ini.',
} as const

export const until = 's.d.'
export const timeLine = (start: string, end: string) => `Pukul ${start} ${until} ${end || 'selesai'}`
export const unsentStamp = (count: number) => `${count} belum terkirim`
export const pageLine = (page: number, pages: number) => `Halaman ${page} dari ${pages}`
export const representsLine = (office: string) => `mewakili ${office}`

/** `Terlambat, dicatat panitia: macet di jalan`, of who was recorded after the list was closed. */
export function lateLine(method: AttendanceMethod, reason: string): string {
  const by = method === 'own' || method === 'kiosk' ? 'mengisi sendiri' : 'dicatat panitia'
  return `Terlambat, ${by}${reason && `: ${reason}`}`
}

export type Totals = { present: number; male: number; female: number; representing: number; late: number }

/** `L: 22, P: 18`; persons whose sex is not known are named as such. */
function sexes({ present, male, female }: Totals): string {
  const unknown = present - male - female
  return `L: ${male}, P: ${female}${unknown > 0 ? `, tidak diisi: ${unknown}` : ''}`
}

/** `Jumlah hadir: 40 orang (L: 22, P: 18). Mewakili: 3 orang.` */
export function totalsLine(totals: Totals): string {
  const late = totals.late > 0 ? ` Terlambat: ${totals.late} orang.` : ''
  return `Jumlah hadir: ${totals.present} orang (${sexes(totals)}). Mewakili: ${totals.representing} orang.${late}`
}

/** The totals of a sheet on which people still sign on paper: written by hand. */
export const openTotalsLine =
  'Jumlah hadir: .............. orang (L: .............. P: ..............) Mewakili: .............. orang'

/** Below it what is known already; empty while nobody was recorded. */
export function recordedLine(totals: Totals): string {
  const { present, representing, late } = totals
  if (present === 0) return ''
  const tooLate = late > 0 ? `, terlambat ${late}` : ''
  return `Tercatat elektronik: ${present} orang (${sexes(totals)}), mewakili ${representing}${tooLate}`
}

export const posterWords = {
  title: 'DAFTAR HADIR',
  byHand: (address: string) => `Tanpa kamera: buka ${address} lalu ketik kode`,
  scan: 'Buka kamera HP dan arahkan ke kode QR di atas, lalu ketuk tautannya.',
  fill: 'Isi nama dan instansi Anda, atau cari dengan NIP atau nomor HP bila diundang.',
  save: 'Tanda tangani di layar, tekan Simpan, dan tunggu tanda terimanya.',
  saveWithCode: 'Ketik kode yang tampil di layar proyektor, tanda tangani, tekan Simpan, dan tunggu tanda terimanya.',
  noPhone: 'Tidak membawa HP atau terkendala? Hubungi meja registrasi.',
} as const

export const resultsWords = {
  title: 'HASIL UMPAN BALIK',
  form: 'Formulir',
  answers: 'Jumlah jawaban',
  counted: (count: number, late: number) =>
    `${count} orang${late > 0 ? `, ${late} di antaranya di luar waktunya` : ''}`,
} as const

/** Until when a badge opens the door, whatever the screen's language. */
export const validLine = (day: Day) => `Berlaku sampai ${formatDay(day, { weekday: false })}`
