import type { Context } from 'hono'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Session } from '../auth/sessions.ts'
import type { Place } from '../auth/tries.ts'
import type { Device } from '../store/store.ts'
import { findCaller } from './caller.ts'
import { readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/** The session that this browser's cookie opens on this device: on another one it is worth nothing. */
export async function findSession(c: Context, { accounts, now }: Deps, dev: string | undefined) {
  const token = readCookie(c, 'session')
  return token ? accounts.sessions.find(token, dev, now()) : undefined
}

/** Who is signed in on this device. */
export async function readSession(
  c: Context,
  deps: Deps,
): Promise<Result<Session & { device: Device | undefined }, { kind: 'unauthorized' }>> {
  const device = await findCaller(c, deps)
  const session = await findSession(c, deps, device?.dev)
  return session ? ok({ ...session, device }) : fail({ kind: 'unauthorized' })
}

const freshMs = 15 * 60_000

/** Whether somebody has shown who he is just now: what adds a way into an account asks for it. */
export function isFresh({ startedAt }: Session, { now }: Deps): boolean {
  return Math.abs(now() - startedAt) < freshMs
}

/** Where somebody tries to get into an account from: from a device of its own, or from an address. */
export async function findPlace(c: Context, deps: Deps, email: string): Promise<Place> {
  const device = await findCaller(c, deps)
  const account = device && (await deps.accounts.findByEmail(email))
  const isOwn = device !== undefined && account !== undefined && device.account === account.id
  return isOwn ? { device: device.dev } : { address: deps.addressOf(c) }
}
