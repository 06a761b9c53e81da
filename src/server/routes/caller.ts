import type { Context } from 'hono'
import * as v from 'valibot'
import { type Action, may, type SpaceRole } from '../../core/access.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { Id } from '../../protocol/parts.ts'
import { oldestReader, versionHeader } from '../../protocol/version.ts'
import { type Standing, standingIn } from '../auth/access.ts'
import { hashSecret } from '../auth/keys.ts'
import type { Device } from '../store/store.ts'
import { readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

const seenEveryMs = 60_000

/** The device that this browser is, by its cookie. */
export async function findCaller(c: Context, { store, now }: Deps): Promise<Device | undefined> {
  const credential = readCookie(c, 'device')
  const device = credential && (await store.findDeviceByCredential(hashSecret(credential)))
  if (!device) return undefined
  if (Math.abs(now() - device.seenAt) > seenEveryMs) await store.markSeen(device.dev, now())
  return device
}

/** A device and what it is in a space. */
export type Standpoint = { device: Device; space: string; standing: Standing }

/** Who calls and what he is in the space of the address; who was never anything there learns nothing. */
export async function readStanding(
  c: Context,
  deps: Deps,
): Promise<Result<Standpoint, { kind: 'unauthorized' | 'forbidden' | 'notFound' }>> {
  const device = await findCaller(c, deps)
  if (!device) return fail({ kind: 'unauthorized' })
  const space = v.safeParse(Id, c.req.param('space'))
  if (!space.success) return fail({ kind: 'notFound' })
  const standing = await standingIn(deps.store, device, space.output, deps.now())
  return standing.state === 'none' ? fail({ kind: 'forbidden' }) : ok({ device, space: space.output, standing })
}

/**
 * A device that may do this in the space of the address. Who has no grant there learns nothing, not even whether the
 * space exists.
 */
export async function readGranted(
  c: Context,
  deps: Deps,
  action: Action,
): Promise<
  Result<
    { device: Device; space: string; role: SpaceRole; owner: string | undefined },
    { kind: 'unauthorized' | 'forbidden' | 'notFound' }
  >
> {
  const read = await readStanding(c, deps)
  if (!read.ok) return read
  const { device, space, standing } = read.value
  if (standing.state !== 'granted' || !may(standing.role, action)) return fail({ kind: 'forbidden' })
  if (!(await deps.store.findSpace(space))) return fail({ kind: 'notFound' })
  return ok({ device, space, role: standing.role, owner: standing.owner })
}

/** [S9] Whether the caller's app would misread what is said of a log nowadays. It may still enrol and send. */
export function isTooOldToRead(c: Context): boolean {
  return Number(c.req.header(versionHeader) ?? 1) < oldestReader
}
