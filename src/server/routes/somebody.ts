import * as v from 'valibot'
import { Email, Name } from '../../protocol/parts.ts'
import type { Somebody } from '../auth/oidc.ts'

const maxName = 200
/** As OpenID Connect bounds it; PostgreSQL's text refuses a NUL. */
const Subject = v.pipe(v.string(), v.minLength(1), v.maxLength(255), v.regex(/^\P{Cc}+$/u))

/**
 * What a provider says of somebody, as we keep it: a name on one line, empty when there is none, and an e-mail only
 * when it is one. `undefined`: its name for him is none.
 */
export function readSomebody({ identity, email, name }: Somebody): Somebody | undefined {
  if (!v.is(Subject, identity.subject)) return undefined
  const address = v.safeParse(Email, email)
  const line = name.replace(/\p{Cc}+/gu, ' ').trim()
  /** Half a character may be left where it was cut. */
  const called = v.safeParse(Name, line.slice(0, maxName).replace(/\p{Cs}/gu, ''))
  return { identity, email: address.success ? address.output : undefined, name: called.success ? called.output : '' }
}
