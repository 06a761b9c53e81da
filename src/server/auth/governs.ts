import { may } from '../../core/access.ts'
import { type Device, everySpace, type Store } from '../store/store.ts'
import { spacesOf, standingIn, subjectsOf } from './access.ts'

/**
 * Whether a governor may rename or revoke a device: the organization's organizers any, an event's only one that is
 * something in that event and in no other of which he is not an organizer too.
 */
export async function governs(
  store: Store,
  governor: { device: Device; space: string },
  device: Device,
  now: number,
): Promise<boolean> {
  if (governor.space === everySpace) return true
  const grants = (await store.findGrants(subjectsOf(device))).filter(({ revokedAt }) => revokedAt === null)
  if (grants.some(({ space }) => space === everySpace)) return false
  const { spaces } = await spacesOf(store, subjectsOf(device), now)
  if (!spaces.some(({ space }) => space === governor.space)) return false
  for (const { space } of spaces) {
    const standing = await standingIn(store, governor.device, space, now)
    if (standing.state !== 'granted' || !may(standing.role, 'manageTeam')) return false
  }
  return true
}
