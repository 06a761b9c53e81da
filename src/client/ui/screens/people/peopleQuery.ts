import { type RoleGroup, roleGroups } from '../../../../core/role.ts'
import type { PeopleFilter, PresenceFilter } from '../../../state/people.ts'

/** The words of the address for who is present; the address is Indonesian in both languages. */
export const presenceWords = {
  hadir: 'present',
  belum: 'absent',
  mewakili: 'represented',
  tambahan: 'walkIn',
  tanpaNip: 'noNumber',
  tinjau: 'review',
} as const satisfies Record<string, PresenceFilter>
export type PresenceWord = keyof typeof presenceWords

function isPresenceWord(word: string | undefined): word is PresenceWord {
  return word !== undefined && Object.hasOwn(presenceWords, word)
}

function isRoleGroup(word: string | undefined): word is RoleGroup {
  return roleGroups.some((group) => group === word)
}

/** The filter that an address asks for: `?peran=…&hadir=…&instansi=…&urut=datang`. */
export function readFilter(query: Record<string, string>, session: string | undefined): Omit<PeopleFilter, 'typed'> {
  return {
    group: isRoleGroup(query.peran) ? query.peran : undefined,
    presence: isPresenceWord(query.hadir) ? presenceWords[query.hadir] : undefined,
    institution: query.instansi,
    session,
    order: query.urut === 'datang' ? 'arrival' : undefined,
  }
}
