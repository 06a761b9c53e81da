import { foldText } from '../name.ts'
import { lostDigits, nipDigits, readNip } from '../nip.ts'
import { normalisePhone } from '../phone.ts'
import { bareRegion } from '../region.ts'
import { type Role, roleLabels, roles } from '../role.ts'
import type { Day } from '../time.ts'
import type { Candidate } from './match.ts'
import type { ImportReason } from './reason.ts'
import type { RowCells } from './rows.ts'
import { type Cell, textOfCell } from './table.ts'

/** What a row says about a person, only fields that it fills, and what could not be read. */
export type RowReading = Candidate & { reasons: ImportReason[] }

const longestText = 300

const synonymsByRole: Partial<Record<Role, readonly string[]>> = {
  pimpinan: ['pejabat yang membuka', 'keynote speaker'],
  narasumber: ['pemateri', 'pembicara', 'speaker', 'resource person'],
  fasilitator: ['facilitator'],
  satgas_kpk: ['satgas kpk', 'kpk'],
  tamu: ['tamu', 'undangan', 'guest', 'vip'],
  peserta: ['participant', 'peserta undangan'],
  pembawa_acara: ['mc', 'pewara'],
  panitia: ['committee', 'panitia pelaksana', 'ketua panitia', 'sekretaris panitia', 'anggota panitia'],
  pendamping: ['ajudan', 'operator'],
  media: ['media', 'humas', 'pers', 'wartawan'],
}

const roleByName = new Map<string, Role>(
  roles.flatMap((role) =>
    [role.replaceAll('_', ' '), roleLabels[role], ...(synonymsByRole[role] ?? [])].map((name): [string, Role] => [
      foldText(name),
      role,
    ]),
  ),
)

const sexByName = new Map<string, 'L' | 'P'>([
  ...['l', 'laki laki', 'laki', 'pria', 'lk', 'male', 'm'].map((name): [string, 'L'] => [name, 'L']),
  ...['p', 'perempuan', 'wanita', 'pr', 'female', 'f', 'w'].map((name): [string, 'P'] => [name, 'P']),
])

/** What people type where there is no number: a dash, zeros, "tidak ada", "non ASN". */
const nothing = /^([-–—.\s0]*|n\/?a|tidak ada|belum ada|nihil|non[- ]?asn|non[- ]?pns)$/i

/** Spreadsheets keep 15 digits of a number. */
function digitsLeft(cell: Cell | undefined): string {
  return typeof cell === 'number' ? String(cell).slice(0, 15) : ''
}

function readNumber(cell: Cell | undefined, today: Day): RowReading {
  const text = textOfCell(cell)
  const reading = (fields: RowReading['fields'], ...reasons: ImportReason[]) => ({ fields, reasons, nipStart: '' })
  if (nothing.test(text)) return reading({})
  if (lostDigits(typeof cell === 'number' ? cell : text))
    return { ...reading({}, { kind: 'nipLostDigits', text }), nipStart: digitsLeft(cell) }
  const nip = readNip(text, today)
  if (nip.kind !== 'invalid') return reading({ nip: nip.digits, numberKind: nip.kind, sex: nip.sex })
  const digits = nipDigits(text.replace(/^\s*NRP\b/i, ''))
  if (/^\d{16}$/.test(digits)) return reading({}, { kind: 'nikNotKept' })
  if (/^\d{5,8}$/.test(digits) || /^\s*NRP\b/i.test(text)) return reading({ nip: digits, numberKind: 'nrp' })
  return reading({}, { kind: 'nipInvalid', text, problem: nip.problem })
}

/** The person in a row. A number that is not surely right is left out and named in the reasons. */
export function readRow(cells: RowCells, today: Day): RowReading {
  const reading = readNumber(cells.nip, today)
  const { fields, reasons } = reading
  for (const field of ['name', 'rank', 'position', 'institution', 'email', 'note'] as const) {
    const text = textOfCell(cells[field]).slice(0, longestText)
    if (text && !/^[-–—]+$/.test(text)) fields[field] = text
  }
  const phone = textOfCell(cells.phone)
  if (/\d/.test(phone)) fields.phone = normalisePhone(phone) ?? phone.slice(0, longestText)
  const sex = textOfCell(cells.sex)
  const knownSex = sexByName.get(foldText(sex))
  if (knownSex) fields.sex = knownSex
  else if (foldText(sex)) reasons.push({ kind: 'sexUnknown', text: sex })
  const role = textOfCell(cells.role)
  const knownRole = roleByName.get(foldText(role))
  if (knownRole) fields.roles = [knownRole]
  else if (foldText(role)) reasons.push({ kind: 'roleUnknown', text: role })
  const regions = bareRegion(fields.institution ?? '')
  if (regions.length > 0) reasons.push({ kind: 'bareRegion', text: fields.institution ?? '', regions })
  if (!fields.name) reasons.push({ kind: 'noName' })
  return reading
}
