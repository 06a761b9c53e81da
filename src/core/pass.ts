import { fromBase45, toBase45 } from './base45.ts'
import { fromBase64Url, toBase64Url } from './bytes.ts'
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts'
import { passPrefix } from './code.ts'
import { prepareSign1, readSign1 } from './cose.ts'
import { flagOf, numberOf, textOf } from './fields.ts'
import type { Space } from './fold.ts'
import type { Change, Fields } from './op.ts'

/**
 * A person's pass: a code that any facilitator's phone checks without a network. It names nobody: who it is for is a
 * record of the log, so that a lost badge tells its finder nothing.
 */
export type Pass = {
  id: string
  space: string
  /** Epoch ms, whole seconds. */
  expiresAt: number
}

/** Claims of the CWT registry (RFC 8392): the audience is the event, the token's id is the pass. */
const [audience, expiry, tokenId] = [3, 4, 7]
/** Keeps a last space from scanners that cut it off. */
const closing = '.'

/**
 * The bytes that the issuer's device signs, and the text of the code once it has: letters of QR's alphanumeric mode.
 */
export function preparePass({ id, space, expiresAt }: Pass, issuer: string) {
  const claims = new Map<number, Cbor>([
    [audience, fromBase64Url(space) ?? new Uint8Array()],
    [expiry, Math.floor(expiresAt / 1000)],
    [tokenId, fromBase64Url(id) ?? new Uint8Array()],
  ])
  const { toSign, finish } = prepareSign1(fromBase64Url(issuer) ?? new Uint8Array(), encodeCbor(claims))
  return { toSign, finish: (signature: Uint8Array) => passPrefix + toBase45(finish(signature)) + closing }
}

/** What a code says, by which device, and the signature that has to hold for it. */
export type ReadPass = Pass & { issuer: string; toSign: Uint8Array; signature: Uint8Array }

const idOf = (value: Cbor | undefined) =>
  value instanceof Uint8Array && value.length === 16 ? toBase64Url(value) : undefined

/** The pass in a scanned text, its signature not yet checked; `undefined` when it is damaged or none. */
export function readPass(text: string): ReadPass | undefined {
  if (!text.startsWith(passPrefix) || !text.endsWith(closing)) return undefined
  const bytes = fromBase45(text.slice(passPrefix.length, -closing.length))
  const message = bytes && readSign1(bytes)
  const claims = message && decodeCbor(message.payload)
  if (!message || !(claims instanceof Map)) return undefined
  const [space, id, issuer] = [idOf(claims.get(audience)), idOf(claims.get(tokenId)), idOf(message.key)]
  const expires = claims.get(expiry)
  if (!space || !id || !issuer || typeof expires !== 'number') return undefined
  return { id, space, issuer, expiresAt: expires * 1000, toSign: message.toSign, signature: message.signature }
}

/** What the log says of a pass. A pass is never deleted: a revoked one has to be known as such. */
export type PassRecord = { id: string; person: string; expiresAt: number; revoked: boolean }

export function setPass(id: string, { person, expiresAt, revoked }: Partial<Omit<PassRecord, 'id'>>): Change {
  const fields: Fields = {}
  if (person !== undefined) fields.p = person
  if (expiresAt !== undefined) fields.expires = expiresAt
  if (revoked !== undefined) fields.revoked = revoked
  return { type: 'set', kind: 'pass', id, fields }
}

/** Every pass by its id, revoked and expired ones too. */
export function readPasses(space: Space): Map<string, PassRecord> {
  const passes = new Map<string, PassRecord>()
  for (const [id, { fields }] of space.records.get('pass') ?? []) {
    const expiresAt = numberOf(fields, 'expires') ?? 0
    passes.set(id, { id, person: textOf(fields, 'p'), expiresAt, revoked: flagOf(fields, 'revoked') })
  }
  return passes
}

/** A device says by which key its passes are known; `publicKey`: the uncompressed point, base64url. */
export function introduceIssuer(dev: string, publicKey: string): Change {
  return { type: 'set', kind: 'passIssuer', id: dev, fields: { key: publicKey } }
}

/** The keys of the devices that issue passes, by device. What another device said of one does not count. */
export function readIssuers(space: Space): Map<string, string> {
  const issuers = new Map<string, string>()
  for (const [dev, { fields, stamp, newer }] of space.records.get('passIssuer') ?? []) {
    if ((newer?.key?.dev ?? stamp.dev) === dev) issuers.set(dev, textOf(fields, 'key'))
  }
  return issuers
}

/**
 * Why a pass does not open: `damaged` or `forged` (its signature does not hold), `otherEvent`, `expired`, `revoked`;
 * `notSynced`: its issuer, or whose it is, has not reached this device yet.
 */
export type PassProblem = 'damaged' | 'otherEvent' | 'forged' | 'expired' | 'revoked' | 'notSynced'

/** What a pass whose signature holds is worth at a moment: a person, or why not. */
export function judgePass(
  pass: Pass,
  records: ReadonlyMap<string, PassRecord>,
  now: number,
): { person: string } | { problem: PassProblem } {
  const record = records.get(pass.id)
  if (record?.revoked) return { problem: 'revoked' }
  if (now >= pass.expiresAt) return { problem: 'expired' }
  return record?.person ? { person: record.person } : { problem: 'notSynced' }
}
