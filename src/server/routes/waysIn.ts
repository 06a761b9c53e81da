import type { Context } from 'hono'
import type { WaysInAnswer } from '../../protocol/ownAccount.ts'
import { answer } from './answers.ts'
import type { Deps } from './deps.ts'
import { siteOf } from './site.ts'

/** What this server offers beside passwords. */
export const waysIn = (deps: Deps) => async (c: Context) => {
  /** A page asks with GET, which tells no origin: the host stands for it. */
  const passkeys = siteOf(c, deps, `http://${c.req.header('Host')}`) !== undefined
  return answer<WaysInAnswer>(c, { passkeys, sso: deps.oidc?.name ?? null })
}
