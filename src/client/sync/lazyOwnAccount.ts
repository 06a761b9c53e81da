import { lazily } from '../../core/lazily.ts'
import { fail } from '../../core/result.ts'
import type { OwnAccount, OwnAccountParts } from './ownAccount.ts'

/** Asks something of the account's own calls; what is loaded for them counts as offline when it cannot be. */
export type AskOwnAccount = <R>(ask: (own: OwnAccount) => Promise<R>) => Promise<R | Offline>
type Offline = { ok: false; failure: { kind: 'offline'; retryAfterMs?: undefined } }

/** Loaded when it is first asked: an attendee's page never does. */
export function createLazyOwnAccount(parts: OwnAccountParts): AskOwnAccount {
  const load = lazily(async () => (await import('./ownAccount.ts')).createOwnAccount(parts))
  return async (ask) => {
    const own = await load().catch(() => undefined)
    return own ? ask(own) : fail({ kind: 'offline' as const })
  }
}
