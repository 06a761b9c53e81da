import { foldText } from '../name.ts'

/**
 * What a column of a list can mean. A column of NIK is ignored on purpose: the app does not collect it (domain.md 2.3).
 */
export const importFields = [
  'ignore',
  'name',
  'nip',
  'sex',
  'rank',
  'position',
  'institution',
  'role',
  'phone',
  'email',
  'note',
] as const
export type ImportField = (typeof importFields)[number]

/** One field per column, left to right: guessed first, then the user's to change. */
export type Mapping = ImportField[]

/** How columns are called in real lists, asked in this order; a label is folded and stands between spaces. */
const labelPatterns: [ImportField, RegExp][] = [
  [
    'ignore',
    /^ (no|nomor|no urut|nomor urut|#|timestamp|cap waktu|waktu|tanggal|nik|no ktp) $|tanda tangan|\bttd\b|\bparaf\b/,
  ],
  ['email', / e ?mail |surel|posel/],
  ['phone', / (hp|wa|telp|tlp|telepon|telpon|handphone|ponsel|whatsapp|phone|mobile|kontak|contact) /],
  ['nip', / (nip|nrp|ni pppk|nipppk|nip pppk|employee (id|number)) /],
  ['sex', / (l p|lp|p l|jk|jenis kelamin|kelamin|gender|sex) /],
  [
    'name',
    /^ (nama|name)( (lengkap|peserta|pegawai|undangan|pejabat|dan|dengan|gelar|beserta)\b.*)? $|full name|participant name/,
  ],
  [
    'institution',
    / (opd|skpd|instansi|unit kerja|unit organisasi|satuan kerja|satker|perangkat daerah|institution|organi[sz]ation|agency|lembaga|kantor|dinas|utusan|delegasi|asal) /,
  ],
  ['rank', / (pangkat|gol|golongan|rank|grade) /],
  ['position', / (jabatan|position|job title) /],
  ['role', / (peran|role|sebagai|kepesertaan) /],
  ['note', / (keterangan|ket|catatan|note|notes|remarks?|mewakili|represents) /],
]

/** The field that a column's label names, or `undefined` when it is no known label. */
export function fieldOfLabel(label: string): ImportField | undefined {
  const words = foldText(label)
  if (!words || words.length > 80) return undefined
  const spaced = ` ${words
    .replace(/\bn i p\b/, 'nip')
    .replace(/\bn r p\b/, 'nrp')
    .replace(/\bh p\b/, 'hp')} `
  return labelPatterns.find(([, pattern]) => pattern.test(spaced))?.[0]
}

const valuePatterns: [ImportField, RegExp][] = [
  ['email', /^\S+@\S+\.\S+$/],
  ['nip', /^(\d[ .]?){17}\d$|^\d[.,]\d+e\+?17$/i],
  ['phone', /^(\+?62|0)[\s-]?8[\d\s-]{7,15}$/],
  ['sex', /^(l|p|laki-?laki|perempuan|pria|wanita)$/i],
  ['rank', /^(.*[ ,(])?(i|ii|iii|iv)\/[a-e]\)?$/i],
]

/** The field that most of a column's values look like; for columns whose label says nothing. */
export function fieldOfValues(values: readonly string[]): ImportField | undefined {
  const filled = values.filter(Boolean)
  if (filled.length === 0) return undefined
  return valuePatterns.find(
    ([, pattern]) => filled.filter((value) => pattern.test(value)).length >= filled.length * 0.6,
  )?.[0]
}

/** Whether values could be names of persons: words, nearly all different. */
export function looksLikeNames(values: readonly string[]): boolean {
  const filled = values.filter(Boolean)
  const words = filled.filter((value) => /^\p{L}[\p{L}\s.,'’()-]{2,}$/u.test(value))
  return filled.length > 0 && words.length >= filled.length * 0.8 && new Set(filled).size >= filled.length * 0.9
}
