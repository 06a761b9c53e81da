import { may } from '../../core/access.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { standingIn } from '../auth/access.ts'
import { letInAbsent, type Shown } from '../auth/attendees.ts'
import type { Device } from '../store/store.ts'
import type { Standpoint } from './caller.ts'
import type { Deps } from './deps.ts'

/**
 * [S13] The device that made what `carrier` brings: itself, or another that is or lately was something in the space.
 * Only who may push there himself, or lately might, may bring what others made: a phone that was revoked may hold
 * receipts ([S11]); else `forbidden` is said of him, and not of the batch. `certificate`: the author's, for a server
 * that lost him.
 */
export async function findAuthor(
  deps: Deps,
  carrier: Standpoint,
  { dev, certificate }: { dev: string; certificate?: Shown | undefined },
): Promise<Result<Standpoint, { kind: 'forbidden' | 'unknownAuthor' }>> {
  const { device: bearer, space, standing: own } = carrier
  if (dev === bearer.dev) return ok(carrier)
  if (own.state === 'none' || !may(own.role, 'push')) return fail({ kind: 'forbidden' })
  const known = await standpointOf(deps, space, await deps.store.findDevice(dev))
  const author =
    known ?? (certificate && (await standpointOf(deps, space, await letInAbsent(deps, { space, dev }, certificate))))
  return author ? ok(author) : fail({ kind: 'unknownAuthor' })
}

async function standpointOf(deps: Deps, space: string, device: Device | undefined): Promise<Standpoint | undefined> {
  const standing = device && (await standingIn(deps.store, device, space, deps.now()))
  return !standing || standing.state === 'none' ? undefined : { device, space, standing }
}
