import type { Context } from 'hono'
import type { SessionAnswer } from '../../protocol/session.ts'
import { spacesOf, subjectsOf } from '../auth/access.ts'
import type { Subject } from '../store/store.ts'
import { answer } from './answers.ts'
import { findAccount, findCaller } from './caller.ts'
import { readCookie, writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { toGranted } from './granted.ts'

/** Who this browser is. Asking renews both cookies, so that who keeps coming back is never signed out. */
export const session = (deps: Deps) => async (c: Context) => {
  const [account, device] = [await findAccount(c, deps), await findCaller(c, deps)]
  for (const kind of ['session', 'device'] as const) {
    const value = readCookie(c, kind)
    if (value && (kind === 'session' ? account : device)) writeCookie(c, kind, value)
  }
  const subjects: Subject[] = device ? subjectsOf(device) : account ? [`account:${account.id}`] : []
  const { everywhere, spaces } =
    subjects.length > 0 ? await spacesOf(deps.store, subjects, deps.now()) : { everywhere: false, spaces: [] }
  return answer<SessionAnswer>(c, {
    now: deps.now(),
    account: account ? { name: account.name, email: account.email } : null,
    device: device ? { dev: device.dev, name: device.name, holder: device.holder } : null,
    organizer: everywhere,
    spaces: device ? spaces.map((held) => toGranted(deps, device.point, held)) : [],
    issuer: deps.issuer.publicKey,
    needsSetup: !(await deps.store.hasOrganizer()),
  })
}
