import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Refusal } from '../../protocol/failure.ts'
import type { Opened } from '../auth/admit.ts'
import { findOwner } from '../auth/attendees.ts'
import { hashSecret } from '../auth/keys.ts'
import type { Deps } from './deps.ts'

/**
 * What a code opens for a device. An invitation's is looked up whatever else goes on: it is too long to be guessed. Of
 * the shorter ones of gates, those that nobody was ever given are counted for all addresses together, and beyond the
 * bound only a gate in use is looked up: so no stranger closes the hall that he sits in, whose address 150 phones
 * share. A gate that is closed or full lets in who is in already.
 */
export async function openCode(c: Context, deps: Deps, code: string, dev: string): Promise<Result<Opened, Refusal>> {
  const { store, guesses, gatesInUse } = deps
  const now = deps.now()
  const address = deps.addressOf(c)
  const codeHash = hashSecret(plainCode(code))
  const invite = await store.findInvite(codeHash)
  if (invite) {
    if (invite.dev !== null && invite.dev !== dev) return fail({ kind: 'used' })
    if (invite.expiresAt <= now) return fail({ kind: 'expired' })
    return ok({ invite })
  }
  const retryAfterMs = gatesInUse.has(codeHash, now) ? 0 : await guesses.wait('gate')
  if (retryAfterMs > 0) return fail({ kind: 'tooMany', retryAfterMs })
  const gate = await store.findGate(codeHash)
  if (!gate) {
    await guesses.take('gate')
    return fail({ kind: 'notFound' })
  }
  if ((await findOwner(store, { space: gate.space, dev }, now)) !== undefined) return ok({ gate })
  if (gate.closedAt !== null) return fail({ kind: 'expired' })
  const fullForMs = (await deps.doors.take(codeHash, address)) || (await deps.doorLimiter.take(codeHash))
  if (fullForMs > 0) return fail({ kind: 'tooMany', retryAfterMs: fullForMs })
  gatesInUse.add(codeHash, now)
  return ok({ gate })
}

/** Nothing is opened for a device that takes a new key ([S8]); like new ones at a door, they are counted. */
export async function passRenewal(c: Context, deps: Deps, isRenewed: boolean): Promise<Result<undefined, Refusal>> {
  const retryAfterMs = isRenewed ? await deps.doors.take('renewed', deps.addressOf(c)) : 0
  return retryAfterMs > 0 ? fail({ kind: 'tooMany', retryAfterMs }) : ok(undefined)
}
