import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Refusal } from '../../protocol/failure.ts'
import type { Opened } from '../auth/admit.ts'
import { findOwner } from '../auth/attendees.ts'
import { hashSecret } from '../auth/keys.ts'
import type { Deps } from './deps.ts'

/**
 * What a code opens for a device. Only codes that nobody was ever given are counted as guesses: 150 phones that share an
 * address and scan one poster, also an old one, are no attack. A gate that is closed or full lets in who is in already.
 */
export async function openCode(c: Context, deps: Deps, code: string, dev: string): Promise<Result<Opened, Refusal>> {
  const { store, codeLimiter } = deps
  const now = deps.now()
  const address = deps.addressOf(c)
  const retryAfterMs = await codeLimiter.wait(address)
  if (retryAfterMs > 0) return fail({ kind: 'tooMany', retryAfterMs })
  const codeHash = hashSecret(plainCode(code))
  const invite = await store.findInvite(codeHash)
  if (invite) {
    if (invite.dev !== null && invite.dev !== dev) return fail({ kind: 'used' })
    if (invite.expiresAt <= now) return fail({ kind: 'expired' })
    return ok({ invite })
  }
  const gate = await store.findGate(codeHash)
  if (!gate) {
    await codeLimiter.take(address)
    return fail({ kind: 'notFound' })
  }
  if ((await findOwner(store, { space: gate.space, dev }, now)) !== undefined) return ok({ gate })
  if (gate.closedAt !== null) return fail({ kind: 'expired' })
  const fullForMs = (await deps.doors.take(codeHash, address)) || (await deps.doorLimiter.take(codeHash))
  return fullForMs > 0 ? fail({ kind: 'tooMany', retryAfterMs: fullForMs }) : ok({ gate })
}

/** Nothing is opened for a device that takes a new key ([S8]); like new ones at a door, they are counted. */
export async function passRenewal(c: Context, deps: Deps, isRenewed: boolean): Promise<Result<undefined, Refusal>> {
  const retryAfterMs = isRenewed ? await deps.doors.take('renewed', deps.addressOf(c)) : 0
  return retryAfterMs > 0 ? fail({ kind: 'tooMany', retryAfterMs }) : ok(undefined)
}
