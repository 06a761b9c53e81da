import type { Context } from 'hono'
import { type EnrolAnswer, EnrolRequest, enrolMessage } from '../../protocol/enrol.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { plainCode } from '../auth/codes.ts'
import { deviceId, hashSecret, isSealed, newSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { findAccount, findCaller } from './caller.ts'
import { writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/**
 * Makes this browser a device: as the signed-in account's, with an invite code, or, as a device that is one already,
 * under a new key ([S8]). Asked again with the same key and code after a lost answer, it does the same again; and a device
 * whose cookie was lost gets another, since it alone can sign with its key.
 */
export const enrol = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, EnrolRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { publicKey, proof, name, holder, code } = request.value
  if (!isSealed(publicKey, enrolMessage(publicKey), proof)) return refuse(c, { kind: 'badRequest' })
  const { store } = deps
  const now = deps.now()
  const dev = deviceId(publicKey)
  const [account, current] = [await findAccount(c, deps), await findCaller(c, deps)]
  const known = await store.findDevice(dev)
  if (!account && !current && !known && code === undefined) return refuse(c, { kind: 'unauthorized' })

  if (code !== undefined) {
    const retryAfterMs = await deps.codeLimiter.take(deps.addressOf(c))
    if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
  }
  const invite = code === undefined ? undefined : await store.findInvite(hashSecret(plainCode(code)))
  if (code !== undefined && !invite) return refuse(c, { kind: 'notFound' })
  if (invite && invite.dev !== null && invite.dev !== dev) return refuse(c, { kind: 'used' })
  if (invite && invite.expiresAt <= now) return refuse(c, { kind: 'expired' })

  if (invite && !invite.dev && !(await store.claimInvite(invite.codeHash, dev))) return refuse(c, { kind: 'used' })
  if (invite) await deps.codeLimiter.forget(deps.addressOf(c))

  const before = current ?? known
  const credential = current?.dev === dev ? undefined : newSecret()
  await store.putDevice({
    dev,
    point: publicKey,
    credential: credential ? hashSecret(credential) : (current?.credential ?? ''),
    name,
    holder: holder ?? before?.holder ?? account?.name ?? name,
    account: account?.id ?? before?.account ?? null,
    enrolledAt: now,
    seenAt: now,
  })
  if (current && current.dev !== dev) await store.copyGrants(`device:${current.dev}`, `device:${dev}`)
  const granted = invite ? { space: invite.space, role: invite.role } : null
  if (granted) {
    const subject = account ? (`account:${account.id}` as const) : (`device:${dev}` as const)
    await store.putGrant({ ...granted, subject, createdAt: now, revokedAt: null })
  }
  if (credential) writeCookie(c, 'device', credential)
  return answer<EnrolAnswer>(c, { dev, granted })
}
