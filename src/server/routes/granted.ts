import type { SpaceRole } from '../../core/access.ts'
import type { Granted } from '../../protocol/enrol.ts'
import type { Deps } from './deps.ts'

/** What a device is in a space as it is said on the wire; an attendee's device with its certificate. */
export function toGranted(
  { issuer }: Deps,
  publicKey: string,
  { space, role, owner }: { space: string; role: SpaceRole; owner: string | null },
): Granted {
  return { space, role, owner, certificate: owner === null ? null : issuer.certify({ space, publicKey, owner }) }
}
