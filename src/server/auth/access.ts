import { may, type SpaceRole, spaceRoles } from '../../core/access.ts'
import { dayMs } from '../../core/time.ts'
import { type Device, everySpace, type Grant, type Store, type Subject } from '../store/store.ts'

/** For how long a device may still hand in what it made before its grant was revoked ([S11]). */
const quarantineMs = 30 * dayMs

export type Account = { id: string; name: string; email: string }

/**
 * What a device is in a space; for an attendee with `owner`, what the ids of his persons begin with. `revoked`: nothing
 * any more, but what it made as `role` is still taken in, to be parked.
 */
export type Standing =
  | { state: 'granted'; role: SpaceRole; everywhere: boolean; owner: string | undefined }
  | { state: 'revoked'; role: SpaceRole; owner: string | undefined }
  | { state: 'none' }

/** Whom grants may name for a device: itself, and its account where it has one. */
export function subjectsOf(device: Device): Subject[] {
  const own: Subject = `device:${device.dev}`
  return device.account ? [own, `account:${device.account}`] : [own]
}

/** When a grant ends or ended; `undefined`: not by itself. */
const endOf = ({ revokedAt, expiresAt }: Grant) => revokedAt ?? expiresAt ?? undefined
const isStanding = (grant: Grant, now: number) => grant.revokedAt === null && (endOf(grant) ?? now + 1) > now

/** The strongest of some roles; core lists them from strong to weak. */
export function strongestRole(roles: SpaceRole[]): SpaceRole | undefined {
  return spaceRoles.find((role) => roles.includes(role))
}

/** What makes an organizer of the organization: he may make new events too. */
const isEverywhere = ({ space, role }: Grant) => space === everySpace && role === 'organizer'

/** What a device may be in a space now: the strongest of its grants, else of those that ended lately ([S11]). */
export async function standingIn(store: Store, device: Device, space: string, now: number): Promise<Standing> {
  const grants = await store.findGrants(subjectsOf(device), space)
  const { revokedAt } = device
  const standing = revokedAt === null ? grants.filter((grant) => isStanding(grant, now)) : []
  const role = strongestRole(standing.map((grant) => grant.role))
  if (role) {
    const everywhere = standing.some(isEverywhere)
    return { state: 'granted', role, everywhere, owner: ownerIn(role, standing) }
  }
  const never = Number.POSITIVE_INFINITY
  const endedAt = (grant: Grant) => Math.min(endOf(grant) ?? never, revokedAt ?? never)
  const lately = grants.filter((grant) => now - endedAt(grant) < quarantineMs)
  const before = strongestRole(lately.map((grant) => grant.role))
  return before ? { state: 'revoked', role: before, owner: ownerIn(before, lately) } : { state: 'none' }
}

function ownerIn(role: SpaceRole, grants: Grant[]): string | undefined {
  return role === 'attendee' ? (grants.find(({ owner }) => owner)?.owner ?? undefined) : undefined
}

/**
 * Every space in which these subjects are something, with the strongest role; `everywhere` for the organization's
 * organizers, `audits` for who may read its history. `ended`: the spaces in which they were something that was taken
 * from them, by hand and not by time; all of them of a device that `isRevoked`.
 */
export async function spacesOf(store: Store, subjects: Subject[], now: number, isRevoked = false) {
  const held = await store.findGrants(subjects)
  const grants = isRevoked ? [] : held.filter((grant) => isStanding(grant, now))
  const everywhere = grants.some(isEverywhere)
  const audits = grants.some(({ space, role }) => space === everySpace && may(role, 'history'))
  const all = held.some(({ space }) => space === everySpace) ? await store.listSpaces() : []
  const placesOf = ({ space }: Grant) => (space === everySpace ? all : [space])
  const rolesBySpace = new Map<string, SpaceRole[]>()
  for (const grant of grants)
    for (const space of placesOf(grant)) rolesBySpace.set(space, [...(rolesBySpace.get(space) ?? []), grant.role])
  const spaces = [...rolesBySpace].flatMap(([space, roles]) => {
    const role = strongestRole(roles)
    const owner = role === 'attendee' ? grants.find((grant) => grant.space === space && grant.owner)?.owner : null
    return role ? [{ space, role, owner: owner ?? null }] : []
  })
  const taken = held.filter(({ revokedAt }) => isRevoked || revokedAt !== null).flatMap(placesOf)
  return { everywhere, audits, spaces, ended: [...new Set(taken)].filter((space) => !rolesBySpace.has(space)) }
}

/**
 * Whether an organizer may give somebody a new password: who may do nothing that the organizer may not. Never himself,
 * since who found his device open would do so.
 */
export async function mayLookAfter(store: Store, organizer: string, person: string, now: number): Promise<boolean> {
  if (organizer === person) return false
  const [own, theirs] = [
    await spacesOf(store, [`account:${organizer}`], now),
    await spacesOf(store, [`account:${person}`], now),
  ]
  if (own.everywhere) return true
  const organized = new Set(own.spaces.filter(({ role }) => role === 'organizer').map(({ space }) => space))
  return !theirs.everywhere && theirs.spaces.length > 0 && theirs.spaces.every(({ space }) => organized.has(space))
}
