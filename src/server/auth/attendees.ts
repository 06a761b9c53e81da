import { readEvent, readSessions } from '../../core/event.ts'
import type { Space } from '../../core/fold.ts'
import { dayMs, instantOf } from '../../core/time.ts'
import type { Device, Grant, Store } from '../store/store.ts'
import type { Issuer } from './issuer.ts'
import { deviceId, hashSecret, newOwner, newSecret } from './keys.ts'

/**
 * For how long an attendee's device may go on after the event's last day, or after it was last here: questions follow
 * 30, 60 and 90 days later (domain.md 5.4), and are often written when it is not here any more.
 */
const afterwardsMs = 120 * dayMs
/** What a device is called until it comes itself. */
const unnamed = '–'

/** A device in a space. */
export type Place = { space: string; dev: string }

/** When the grant of an attendee who is here now ends, as far as it is known. */
export function endOfGrant(space: Space | undefined, now: number): number {
  const zone = (space && readEvent(space)?.zone) ?? 'WIB'
  const sessions = space ? readSessions(space, new Map()) : []
  return Math.max(now, ...sessions.map(({ day }) => instantOf(day, '23:59', zone))) + afterwardsMs
}

async function findOwn(store: Store, { space, dev }: Place): Promise<Grant | undefined> {
  const grants = await store.findGrants([`device:${dev}`], space)
  return grants.find((grant) => grant.role === 'attendee' && grant.space === space)
}

/** The prefix of a device's ids in a space in which it is an attendee's already. */
export async function findOwner(store: Store, place: Place, now: number): Promise<string | undefined> {
  const own = await findOwn(store, place)
  return own && own.revokedAt === null && (own.expiresAt ?? now) > now ? (own.owner ?? undefined) : undefined
}

/**
 * Makes a device an attendee's until `end`, and tells its prefix: the one that it has, from two tabs at once too, else
 * `certified`, else a new one. `undefined`: its grant was revoked, and stays so.
 */
export async function letIn(
  store: Store,
  place: Place,
  { end, now, certified }: { end: number; now: number; certified?: string },
): Promise<string | undefined> {
  const before = await findOwn(store, place)
  if (before?.revokedAt) return undefined
  if (before && certified) return before.owner ?? undefined
  if (before?.owner && (before.expiresAt ?? 0) > end - dayMs) return before.owner
  await store.putGrant({
    space: place.space,
    subject: `device:${place.dev}`,
    role: 'attendee',
    createdAt: before?.createdAt ?? now,
    revokedAt: null,
    expiresAt: Math.max(before?.expiresAt ?? end, end),
    owner: certified ?? newOwner(),
  })
  return (await findOwn(store, place))?.owner ?? undefined
}

/** The server's own word for a device that is not here to show it, as it travels with what the device made. */
export type Shown = { publicKey: string; owner: string; signature: string }

/**
 * [S7] A device that this server certified before it was restored from a backup, let in again though others bring what
 * it made. Its cookie it gets when it comes itself. `undefined`: that was never certified, or was revoked.
 */
export async function letInAbsent(
  { store, issuer, now }: { store: Store; issuer: Issuer; now: () => number },
  { space, dev }: Place,
  { publicKey, owner, signature }: Shown,
): Promise<Device | undefined> {
  if (deviceId(publicKey) !== dev || !issuer.holds({ space, publicKey, owner }, signature)) return undefined
  const at = now()
  const known = await store.findDevice(dev)
  const names = { name: unnamed, holder: unnamed, account: null, unsent: null }
  const times = { enrolledAt: at, seenAt: at, revokedAt: null, signedOutAt: null }
  const device = known ?? { dev, point: publicKey, credential: hashSecret(newSecret()), ...names, ...times }
  if (!known) await store.putDevice(device)
  const held = await letIn(store, { space, dev }, { end: endOfGrant(undefined, at), now: at, certified: owner })
  return held === undefined ? undefined : device
}
