import type { Context } from 'hono'
import type { Account } from '../auth/access.ts'
import type { Somebody } from '../auth/oidc.ts'
import { refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { dropCookie, readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { findJoined } from './joined.ts'
import { note } from './note.ts'
import { readSession } from './signedIn.ts'
import { readSomebody } from './somebody.ts'

/**
 * What came of it. `unknown`: nobody has invited this person, who is given nothing; `notLinked`: the account with this
 * e-mail was made by somebody who has not shown that it is his; `unverified`: the provider vouches for no e-mail.
 */
type Outcome =
  | 'ok'
  | 'linked'
  | ('unknown' | 'notLinked' | 'unverified' | 'linkedElsewhere')
  | ('otherAccount' | 'cancelled' | 'failed')

async function enter(c: Context, deps: Deps, account: Account): Promise<Outcome> {
  const begun = await beginSession(c, deps, account, 'sso')
  return begun.ok ? 'ok' : begun.failure.kind
}

async function link(c: Context, deps: Deps, { identity, email }: Somebody): Promise<Outcome> {
  const session = await readSession(c, deps)
  if (!session.ok) return 'failed'
  const { account, device } = session.value
  const linked = await deps.accounts.findLinked(identity)
  if (linked) return linked.id === account.id ? 'linked' : 'linkedElsewhere'
  await deps.accounts.link(account.id, identity, email === account.email)
  await note(deps, 'ssoLinked', { account: account.id, device, about: `account:${account.id}` })
  return 'linked'
}

/** Signs in whom an organizer has let in before, by this identity or by an e-mail that is proven on both sides. */
async function signIn(c: Context, deps: Deps, somebody: Somebody, mayJoin: boolean): Promise<Outcome> {
  const { accounts, store } = deps
  const { identity, email, name } = somebody
  const linked = await accounts.findLinked(identity)
  if (linked) return enter(c, deps, linked)
  if (email === undefined) return 'unverified'
  const known = await accounts.findByEmail(email)
  if (known) {
    if (!(await accounts.isProven(known.id))) return 'notLinked'
    await accounts.link(known.id, identity, true)
    return enter(c, deps, known)
  }
  const device = mayJoin ? await findJoined(c, deps) : undefined
  if (!device) return 'unknown'
  const made = await accounts.create({ name: name || device.holder, email, isProven: true })
  if (!made.ok) return 'failed'
  await accounts.link(made.value.id, identity, true)
  await store.giveToAccount(device.dev, made.value.id)
  await note(deps, 'accountMade', { account: made.value.id, device, about: `account:${made.value.id}` })
  return enter(c, deps, made.value)
}

/** Where the identity provider sends a browser back to. Only the browser that left for it has the secret. */
export const ssoReturn = (deps: Deps) => async (c: Context) => {
  if (!deps.oidc) return refuse(c, { kind: 'notFound' })
  const [why = '', secret = ''] = readCookie(c, 'sso')?.split('.') ?? []
  dropCookie(c, 'sso')
  const found = secret ? await deps.oidc.comeBack(new URL(c.req.url).search, secret) : undefined
  async function settle(told: Somebody): Promise<Outcome> {
    const somebody = readSomebody(told)
    if (!somebody) return 'failed'
    return why === 'link' ? link(c, deps, somebody) : signIn(c, deps, somebody, why === 'join')
  }
  const outcome: Outcome = !found ? 'failed' : found.ok ? await settle(found.value) : found.failure.kind
  return c.redirect(`${why === 'link' || why === 'join' ? '/akun' : '/masuk'}?sso=${outcome}`)
}
