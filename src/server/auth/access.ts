import { type SpaceRole, spaceRoles } from '../../core/access.ts'
import { type Device, everySpace, type Grant, type Store, type Subject } from '../store/store.ts'

/** For how long a device may still hand in what it made before its grant was revoked ([S11]). */
const quarantineMs = 30 * 86_400_000

export type Account = { id: string; name: string; email: string }

/** What a device is in a space. `revoked`: nothing any more, but its ops are still taken in, to be parked. */
export type Standing =
  | { state: 'granted'; role: SpaceRole; everywhere: boolean }
  | { state: 'revoked' }
  | { state: 'none' }

export function subjectsOf(device: Device): Subject[] {
  const own: Subject = `device:${device.dev}`
  return device.account ? [own, `account:${device.account}`] : [own]
}

const isStanding = (grant: Grant) => grant.revokedAt === null

/** The strongest of some roles; core lists them from strong to weak. */
export function strongestRole(roles: SpaceRole[]): SpaceRole | undefined {
  return spaceRoles.find((role) => roles.includes(role))
}

export async function standingIn(store: Store, device: Device, space: string, now: number): Promise<Standing> {
  const grants = await store.findGrants(subjectsOf(device), space)
  const standing = grants.filter(isStanding)
  const role = strongestRole(standing.map((grant) => grant.role))
  if (role) return { state: 'granted', role, everywhere: standing.some((grant) => grant.space === everySpace) }
  const lately = grants.some(({ revokedAt }) => revokedAt !== null && now - revokedAt < quarantineMs)
  return { state: lately ? 'revoked' : 'none' }
}

/** Every space in which these subjects are something, with the strongest role; `everywhere` for the organization's. */
export async function spacesOf(store: Store, subjects: Subject[]) {
  const grants = (await store.findGrants(subjects)).filter(isStanding)
  const everywhere = grants.some((grant) => grant.space === everySpace)
  const rolesBySpace = new Map<string, SpaceRole[]>()
  if (everywhere) for (const space of await store.listSpaces()) rolesBySpace.set(space, ['organizer'])
  for (const { space, role } of grants) {
    if (space !== everySpace) rolesBySpace.set(space, [...(rolesBySpace.get(space) ?? []), role])
  }
  const spaces = [...rolesBySpace].flatMap(([space, roles]) => {
    const role = strongestRole(roles)
    return role ? [{ space, role }] : []
  })
  return { everywhere, spaces }
}
