import type { Device, GateCode, Invite, Store, Subject } from '../store/store.ts'
import { standingIn } from './access.ts'
import { endOfGrant, letIn } from './attendees.ts'

export type Opened = { invite: Invite; gate?: never } | { gate: GateCode; invite?: never }

/** What a code that was used before may still give: what it gave then, unless somebody has taken that away since. */
async function isTaken(store: Store, { space, dev }: Invite, subject: Subject): Promise<boolean> {
  if (dev === null) return false
  const grants = (await store.findGrants([subject])).filter((grant) => grant.space === space)
  return grants.length > 0 && grants.every(({ revokedAt }) => revokedAt !== null)
}

/**
 * Gives a device what its code opens. Who is of the team already stays so at the attendees' door; `undefined`: what it
 * opens was taken from this device.
 */
export async function admit(store: Store, device: Device, { invite, gate }: Opened, now: number) {
  if (invite) {
    const { space, role } = invite
    const subject: Subject = device.account ? `account:${device.account}` : `device:${device.dev}`
    if (await isTaken(store, invite, subject)) return undefined
    await store.putGrant({ space, role, subject, createdAt: now, revokedAt: null })
    return { space, role, owner: null }
  }
  const { space } = gate
  const standing = await standingIn(store, device, space, now)
  if (standing.state === 'granted' && standing.role !== 'attendee') return { space, role: standing.role, owner: null }
  const owner = await letIn(store, { space, dev: device.dev }, { end: endOfGrant(undefined, now), now })
  return owner === undefined ? undefined : { space, role: 'attendee' as const, owner }
}
