import type { SpaceRole } from '../../core/access.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Device, GateCode, Invite, Store, Subject } from '../store/store.ts'
import { standingIn } from './access.ts'
import { endOfGrant, letIn } from './attendees.ts'

export type Opened = { invite: Invite; gate?: never } | { gate: GateCode; invite?: never }
type Given = { space: string; role: SpaceRole; owner: string | null }

/**
 * A code gives its right once. Asked again after a lost answer it tells what the device is now, which somebody may have
 * changed or taken since.
 */
async function admitInvited(
  store: Store,
  device: Device,
  { codeHash, space, role, dev }: Invite,
  now: number,
): Promise<Result<Given, { kind: 'used' | 'forbidden' }>> {
  const subject: Subject = device.account ? `account:${device.account}` : `device:${device.dev}`
  const grant = { space, role, subject, createdAt: now, revokedAt: null }
  if (await store.claimInvite(codeHash, device.dev, grant)) return ok({ space, role, owner: null })
  if (dev === null) return fail({ kind: 'used' })
  const standing = await standingIn(store, device, space, now)
  if (standing.state !== 'granted' || standing.role === 'attendee') return fail({ kind: 'forbidden' })
  return ok({ space, role: standing.role, owner: null })
}

/**
 * Gives a device what its code opens. Who is of the team already stays so at the attendees' door; `forbidden`: what it
 * opens was taken from this device; `used`: another device was faster.
 */
export async function admit(
  store: Store,
  device: Device,
  { invite, gate }: Opened,
  now: number,
): Promise<Result<Given, { kind: 'used' | 'forbidden' }>> {
  if (invite) return admitInvited(store, device, invite, now)
  const { space } = gate
  const standing = await standingIn(store, device, space, now)
  if (standing.state === 'granted' && standing.role !== 'attendee')
    return ok({ space, role: standing.role, owner: null })
  const owner = await letIn(store, { space, dev: device.dev }, { end: endOfGrant(undefined, now), now })
  return owner === undefined ? fail({ kind: 'forbidden' }) : ok({ space, role: 'attendee', owner })
}
