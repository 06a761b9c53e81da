import type { EventMode, Signatory } from './event.ts'
import type { Role } from './role.ts'
import type { WallTime } from './time.ts'

/** What a new event starts from, in Indonesian like everything that is printed; all of it can be changed. */
export type EventTemplate = {
  title: string
  mode: EventMode
  roles: Role[]
  /** Sessions of the first day. */
  sessions: { title: string; start: WallTime; end: WallTime | '' }[]
  /** Government, institution, address: what the organizer fills in stays empty. */
  letterhead: string[]
  signatories: { left: Signatory; right: Signatory }
}

const unnamed = { position: '', name: '', rank: '', nip: '' }

export const eventTemplate: EventTemplate = {
  title: 'Sosialisasi',
  mode: 'luring',
  roles: ['pimpinan', 'narasumber', 'moderator', 'peserta', 'pembawa_acara', 'notulis', 'panitia'],
  sessions: [{ title: 'Sosialisasi', start: '09:00', end: '' }],
  letterhead: ['PEMERINTAH PROVINSI', '', ''],
  signatories: { left: { label: 'Mengetahui,', ...unnamed }, right: { label: 'Ketua Panitia,', ...unnamed } },
}
