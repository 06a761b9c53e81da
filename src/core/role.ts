/** Roles that people have in an event (domain.md 3.1), in protocol order: who is named first on a sheet. */
export const roles = [
  'pimpinan',
  'penanggung_jawab',
  'narasumber',
  'moderator',
  'fasilitator',
  'satgas_kpk',
  'tamu',
  'anggota_dprd',
  'ketua_rombongan',
  'peserta',
  'pembawa_acara',
  'notulis',
  'panitia',
  'rohaniwan',
  'penerjemah',
  'pendamping',
  'peninjau',
  'media',
] as const
export type Role = (typeof roles)[number]

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value)
}

/** Who shares a printed sheet: payment of speakers, committee and participants each needs its own (domain.md 1.1). */
export const roleGroups = ['peserta', 'narasumber', 'panitia'] as const
export type RoleGroup = (typeof roleGroups)[number]

const groupByRole: Partial<Record<Role, RoleGroup>> = {
  narasumber: 'narasumber',
  moderator: 'narasumber',
  fasilitator: 'narasumber',
  satgas_kpk: 'narasumber',
  penanggung_jawab: 'panitia',
  pembawa_acara: 'panitia',
  notulis: 'panitia',
  panitia: 'panitia',
  rohaniwan: 'panitia',
  penerjemah: 'panitia',
}

/** On which of the sheets' groups a role stands; one that is new to this version is a participant's. */
export function roleGroup(role: Role): RoleGroup {
  return groupByRole[role] ?? 'peserta'
}

/** The role that decides on which sheet a person stands: the first in protocol order, so that nobody stands on two. */
export function leadingRole(own: readonly Role[]): Role {
  return roles.find((role) => own.includes(role)) ?? 'peserta'
}

/** Role codes as they are printed; official documents are Indonesian whatever the screen's language. */
export const roleLabels: Record<Role, string> = {
  pimpinan: 'Pimpinan',
  penanggung_jawab: 'Penanggung Jawab',
  narasumber: 'Narasumber',
  moderator: 'Moderator',
  fasilitator: 'Fasilitator',
  satgas_kpk: 'Tim KPK',
  tamu: 'Tamu Undangan',
  anggota_dprd: 'Anggota DPRD',
  ketua_rombongan: 'Ketua Rombongan',
  peserta: 'Peserta',
  pembawa_acara: 'Pembawa Acara',
  notulis: 'Notulis',
  panitia: 'Panitia',
  rohaniwan: 'Pembaca Doa',
  penerjemah: 'Juru Bahasa Isyarat',
  pendamping: 'Pendamping',
  peninjau: 'Peninjau',
  media: 'Media/Humas',
}
