import type { Context } from 'hono'
import { ok } from '../../core/result.ts'
import { type EnrolAnswer, EnrolRequest, enrolMessage } from '../../protocol/enrol.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { admit } from '../auth/admit.ts'
import { endOfGrant, letIn } from '../auth/attendees.ts'
import { keepDevice, noteEnrolment } from '../auth/devices.ts'
import { deviceId, hashSecret, isSealed, newSecret } from '../auth/keys.ts'
import { type Device, everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { findCaller, isTooOldToRead } from './caller.ts'
import { readCookie, writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { toGranted } from './granted.ts'
import { openCode, passRenewal } from './openCode.ts'
import { findSession } from './signedIn.ts'
import { makeView } from './view.ts'

/**
 * Makes this browser a device: as the signed-in account's, with a code, as an attendee's with the server's own
 * certificate, or, as a device that is one already, under a new key ([S8]). Asked again with the same key and code
 * after a lost answer, it does the same again; and a device whose cookie was lost gets another, since it alone can sign
 * with its key. One that its person signed out needs more than its key. The session is this device's alone from now on.
 */
export const enrol = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, EnrolRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { publicKey, proof, name, holder, code, certificates = [] } = request.value
  if (!isSealed(publicKey, enrolMessage(publicKey), proof)) return refuse(c, { kind: 'badRequest' })
  const [{ store, issuer }, now] = [deps, deps.now()]
  const [dev, current] = [deviceId(publicKey), await findCaller(c, deps)]
  const known = await store.findDevice(dev)
  const account = (await findSession(c, deps, current?.dev ?? dev))?.account
  const held = certificates.filter(({ signature, ...of }) => issuer.holds({ ...of, publicKey }, signature))
  if (!account && !current && (!known || known.signedOutAt !== null) && code === undefined && held.length === 0)
    return refuse(c, { kind: 'unauthorized' })
  const isRenewed = current !== undefined && !known
  const opened = code === undefined ? await passRenewal(c, deps, isRenewed) : await openCode(c, deps, code, dev)
  if (!opened.ok) return refuse(c, opened.failure)

  const before = current ?? known
  const kept = before?.signedOutAt === null ? before.account : null
  const credential = current?.dev === dev ? undefined : newSecret()
  const device: Device = {
    dev,
    point: publicKey,
    credential: credential ? hashSecret(credential) : (current?.credential ?? ''),
    name,
    holder: holder ?? before?.holder ?? account?.name ?? name,
    account: account?.id ?? kept ?? null,
    enrolledAt: now,
    seenAt: now,
    revokedAt: before?.revokedAt ?? null,
    unsent: null,
    signedOutAt: null,
  }
  const comer = { device, before: current, owners: held }
  const admitted = opened.value ? await admit(store, comer, opened.value, now) : ok(null)
  if (!admitted.ok) return refuse(c, admitted.failure)
  const given = admitted.value
  await keepDevice(store, device, current)
  if (account) await deps.accounts.sessions.bind(readCookie(c, 'session') ?? '', dev)
  const until = { end: endOfGrant(undefined, now), now }
  for (const { space, owner } of held) await letIn(store, { space, dev }, { ...until, certified: owner })
  await noteEnrolment(store, device, { known, before: current, invite: opened.value?.invite, given })
  if (credential) writeCookie(c, 'device', credential)
  const granted = given && given.space !== everySpace ? toGranted(deps, publicKey, given) : null
  const seen = given?.owner && !isTooOldToRead(c) ? { space: given.space, owner: given.owner, dev } : undefined
  const view = seen && (await makeView(deps, seen))
  return answer<EnrolAnswer>(c, { dev, issuer: issuer.publicKey, granted, view: view ?? null })
}
