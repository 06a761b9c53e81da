import type { Context } from 'hono'
import * as v from 'valibot'
import { type SessionAnswer, SessionQuery } from '../../protocol/session.ts'
import { spacesOf, subjectsOf } from '../auth/access.ts'
import type { Subject } from '../store/store.ts'
import { answer } from './answers.ts'
import { findCaller } from './caller.ts'
import { readCookie, writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { toGranted } from './granted.ts'
import { findSession } from './signedIn.ts'

/** Who this browser is. Asking renews both cookies, so that who keeps coming back is never signed out. */
export const session = (deps: Deps) => async (c: Context) => {
  const device = await findCaller(c, deps)
  const account = (await findSession(c, deps, device?.dev))?.account
  for (const kind of ['session', 'device'] as const) {
    const value = readCookie(c, kind)
    if (value && (kind === 'session' ? account : device)) writeCookie(c, kind, value)
  }
  const query = v.safeParse(SessionQuery, c.req.query())
  const unsent = query.success ? query.output.unsent : undefined
  if (device && unsent !== undefined && unsent !== device.unsent) await deps.store.markUnsent(device.dev, unsent)
  const revoked = (device?.revokedAt ?? null) !== null
  const subjects: Subject[] = device ? subjectsOf(device) : account ? [`account:${account.id}`] : []
  const { everywhere, audits, spaces, ended } =
    subjects.length > 0
      ? await spacesOf(deps.store, subjects, deps.now(), revoked)
      : { everywhere: false, audits: false, spaces: [], ended: [] }
  return answer<SessionAnswer>(c, {
    now: deps.now(),
    account: account ? { name: account.name, email: account.email } : null,
    device: device ? { dev: device.dev, name: device.name, holder: device.holder } : null,
    organizer: everywhere,
    auditor: audits,
    spaces: device ? spaces.map((held) => toGranted(deps, device.point, held)) : [],
    ended: device ? ended : [],
    revoked,
    issuer: deps.issuer.publicKey,
    needsSetup: !(await deps.store.hasOrganizer()),
  })
}
