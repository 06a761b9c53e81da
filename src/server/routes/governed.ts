import type { Context } from 'hono'
import * as v from 'valibot'
import { type Action, may } from '../../core/access.ts'
import type { AuditEntry } from '../../core/audit.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { Id } from '../../protocol/parts.ts'
import { standingIn } from '../auth/access.ts'
import { type Device, everySpace, type RightsResult, type Subject } from '../store/store.ts'
import { findCaller, readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Who governs an event, or with `*` the whole organization. */
export type Governor = { device: Device; space: string }

/** A device that may do this in the space of the address, which may be `*`. */
export async function readGoverned(
  c: Context,
  deps: Deps,
  action: Action,
): Promise<Result<Governor, { kind: 'unauthorized' | 'forbidden' | 'notFound' }>> {
  if (c.req.param('space') !== everySpace) return readGranted(c, deps, action)
  const device = await findCaller(c, deps)
  if (!device) return fail({ kind: 'unauthorized' })
  const standing = await standingIn(deps.store, device, everySpace, deps.now())
  if (standing.state !== 'granted' || !may(standing.role, action)) return fail({ kind: 'forbidden' })
  return ok({ device, space: everySpace })
}

/** The device in the address; what is no id is nobody's. */
export const readDev = (c: Context): string => v.parse(v.fallback(Id, ''), c.req.param('dev'))

/** A line of the history about what somebody does now. */
export function entryOf(
  { now }: Pick<Deps, 'now'>,
  { device, space }: Governor,
  entry: Pick<AuditEntry, 'kind'> & Partial<AuditEntry>,
): AuditEntry {
  return { at: now(), space, account: device.account, dev: device.dev, about: null, reason: '', detail: {}, ...entry }
}

/** Narrows what the wire's form has promised already. */
export const isSubject = (text: string): text is Subject => text.startsWith('account:') || text.startsWith('device:')

/** What a change of rights that could not be made is called on the wire. */
export const refusalOf = { lastOrganizer: 'lastOrganizer', none: 'notFound' } as const satisfies Record<
  Exclude<RightsResult, 'done'>,
  string
>
