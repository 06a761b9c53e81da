import type { Context } from 'hono'
import type { AccountAnswer } from '../../protocol/ownAccount.ts'
import { answer, refuse } from './answers.ts'
import type { Deps } from './deps.ts'
import { readSession } from './signedIn.ts'

/** What the signed-in account is, and where it is used. */
export const account = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const { account, device } = session.value
  const { sessions, waysIn } = deps.accounts
  const signedIn = new Set((await sessions.list(account.id, deps.now())).map(({ dev }) => dev))
  const devices = await deps.store.listDevices(account.id)
  const { password, linked } = await waysIn(account.id)
  const passkeys = await deps.store.listPasskeys(account.id)
  return answer<AccountAnswer>(c, {
    name: account.name,
    email: account.email,
    hasPassword: password,
    sso: deps.oidc ? { provider: deps.oidc.name, isLinked: linked } : null,
    passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt })),
    devices: devices
      .filter(({ signedOutAt }) => signedOutAt === null)
      .map(({ dev, name, enrolledAt, seenAt }) => ({
        ...{ dev, name, enrolledAt, lastSeenAt: seenAt },
        ...{ isThis: dev === device?.dev, signedIn: signedIn.has(dev) },
      })),
  })
}
