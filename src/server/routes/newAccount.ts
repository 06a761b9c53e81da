import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { NewAccountRequest } from '../../protocol/ownAccount.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { siteOf } from './site.ts'
import { isWeak } from './weak.ts'

/** Who joined by a code gets an account, which takes over the rights that this device has in the team. */
export const newAccount = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, NewAccountRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { device } = granted.value
  if (device.account !== null) return refuse(c, { kind: 'used' })
  const { name, email, password, passkey } = request.value
  if (password !== undefined && isWeak({ name, email, password })) return refuse(c, { kind: 'weakPassword' })
  const [site, now] = [siteOf(c, deps), deps.now()]
  const key = passkey && site && (await deps.passkeys.readNew(`device:${device.dev}`, passkey, site, now))
  if (passkey ? !key : password === undefined) return refuse(c, { kind: 'badRequest' })
  const created = await deps.accounts.create({ name, email, ...(password !== undefined && { password }) })
  if (!created.ok) return refuse(c, created.failure)
  const account = created.value
  const held = { account: account.id, name: passkey?.name ?? '', createdAt: now, usedAt: now }
  if (key) await deps.store.addPasskey({ ...key, ...held })
  await deps.store.giveToAccount(device.dev, account.id)
  await note(deps, 'accountMade', { account: account.id, device, about: `account:${account.id}` })
  const begun = await beginSession(c, deps, account, key ? 'passkey' : 'password')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
