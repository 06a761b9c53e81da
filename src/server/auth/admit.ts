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
 * Who comes with a code: the device as it is to be, the one whose place it takes, and the owners it is certified as.
 */
export type Comer = { device: Device; before: Device | undefined; owners: { space: string; owner: string }[] }

/**
 * Gives a device what its code opens, and writes nothing when it refuses: a device is kept only after this. One that
 * takes a new key is let in at a gate as who it was, since what that has goes over to it. Who is of the team already
 * stays so at the attendees' door; `forbidden`: what it opens was taken from this device, or [S11] the whole device was
 * revoked, which may hand over and nothing else until it is another one; `used`: another device was faster.
 */
export async function admit(
  store: Store,
  { device, before, owners }: Comer,
  { invite, gate }: Opened,
  now: number,
): Promise<Result<Given, { kind: 'used' | 'forbidden' }>> {
  if (device.revokedAt !== null) return fail({ kind: 'forbidden' })
  if (invite) return admitInvited(store, device, invite, now)
  const { space } = gate
  const known = before ?? device
  const standing = await standingIn(store, known, space, now)
  if (standing.state === 'granted' && standing.role !== 'attendee')
    return ok({ space, role: standing.role, owner: null })
  const certified = owners.find((held) => held.space === space)?.owner
  const [place, until] = [
    { space, dev: known.dev },
    { end: endOfGrant(undefined, now), now },
  ]
  if (certified) await letIn(store, place, { ...until, certified })
  const owner = await letIn(store, place, until)
  return owner === undefined ? fail({ kind: 'forbidden' }) : ok({ space, role: 'attendee', owner })
}
