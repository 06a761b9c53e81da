import type { SpaceRole } from '../../core/access.ts'
import { type Device, everySpace, type Invite, type Store } from '../store/store.ts'
import { inviteId } from './codes.ts'

/**
 * Writes a device that enrols, in the place of `before` when it takes a new key ([S8]): its grants go over, and so does
 * a revocation. Under a new key too a revoked device only hands its work over ([S11]).
 */
export async function keepDevice(store: Store, device: Device, before: Device | undefined): Promise<void> {
  const { dev, revokedAt } = device
  await store.putDevice(device)
  if (before && before.dev !== dev) await store.copyGrants(`device:${before.dev}`, `device:${dev}`)
  if (revokedAt !== null) await store.passOnRevocation(dev, revokedAt)
}

/** How a device came in: `known` before by its key, `before` under another one, by which code, and to what. */
export type Enrolment = {
  known: Device | undefined
  before: Device | undefined
  invite: Invite | undefined
  given: { space: string; role: SpaceRole } | null
}

/**
 * Notes a device that is new, has a new key or was let in; one that only asks again for a lost answer changes nothing.
 */
export async function noteEnrolment(store: Store, device: Device, how: Enrolment): Promise<void> {
  const { dev, account, seenAt: at } = device
  const { known, before, invite, given } = how
  const about = `device:${dev}`
  const common = { at, account, dev, about, reason: '', space: given?.space ?? everySpace }
  const detail: Record<string, string> = given ? { role: given.role } : {}
  const isRenewed = before !== undefined && before.dev !== dev
  if (invite && invite.dev === null)
    await store.audit.note({ ...common, kind: 'inviteUsed', detail: { ...detail, invite: inviteId(invite.codeHash) } })
  if (isRenewed) await store.audit.note({ ...common, kind: 'keyRenewed', detail: { before: before.dev } })
  else if (!known) await store.audit.note({ ...common, kind: 'enrolled', detail })
}
