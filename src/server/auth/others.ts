import type { Device, Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'

type Parts = { store: Store; accounts: Accounts }

/**
 * Ends the sessions of an account on one device, whose own credential stays: a revoked device still hands over ([S11]).
 */
export async function endSessionsOn({ accounts }: Pick<Parts, 'accounts'>, account: string, dev: string, now: number) {
  const sessions = await accounts.sessions.list(account, now)
  for (const { hash, dev: bound } of sessions) if (bound === dev) await accounts.sessions.endHashed(hash)
}

/**
 * Signs one device of an account out; what it has not sent waits there until its person signs in again ([S10]). A
 * revoked one keeps its credential, without which it could not hand over ([S11]).
 */
export async function signOutDevice({ store, accounts }: Parts, account: string, device: Device, now: number) {
  await endSessionsOn({ accounts }, account, device.dev, now)
  if (device.revokedAt === null) await store.signOutDevice(device.dev, now)
}

/** Ends every session of an account, and the credential of each device but `kept`; which devices that were. */
export async function signOutOthers(
  { store, accounts }: Parts,
  account: string,
  kept: string | undefined,
  now: number,
): Promise<string[]> {
  const sessions = await accounts.sessions.list(account, now)
  for (const { hash, dev } of sessions) if (dev === null || dev !== kept) await accounts.sessions.endHashed(hash)
  const devices = await store.listDevices(account)
  const others = devices
    .filter(({ dev, signedOutAt, revokedAt }) => dev !== kept && signedOutAt === null && revokedAt === null)
    .map(({ dev }) => dev)
  for (const dev of others) await store.signOutDevice(dev, now)
  return others
}
