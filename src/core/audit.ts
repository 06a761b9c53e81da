import { concatBytes, utf8 } from './bytes.ts'
import { sha256 } from './sha256.ts'

/**
 * What the server itself sees happen, beside the ops of the logs: who came in, who was given or lost a right, what was
 * decided. The list is for writers; readers keep a kind that a newer version wrote.
 */
const auditKinds = [
  'setUp',
  'signedIn',
  'signInRefused',
  'signedOut',
  'accountMade',
  'accountRenamed',
  'passwordChanged',
  'passkeyAdded',
  'passkeyRemoved',
  'ssoLinked',
  'resetIssued',
  'resetUsed',
  'sessionEnded',
  'enrolled',
  'keyRenewed',
  'deviceRenamed',
  'deviceRevoked',
  'invited',
  'inviteUsed',
  'inviteRevoked',
  'granted',
  'grantEnded',
  'gateOpened',
  'gateClosed',
  'released',
  'keptAside',
  'exported',
  'backedUp',
  'restored',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** After these somebody may do less than before: streams that stand ask again what their device may hear. */
export const endingKinds = [
  'signedOut',
  'sessionEnded',
  'passwordChanged',
  'resetUsed',
  'deviceRevoked',
  'granted',
  'grantEnded',
] as const satisfies AuditKind[]

/** One line of the server's own history. No names and no addresses: they are looked up by who may read them. */
export type AuditEntry<Kind extends string = AuditKind> = {
  /** Epoch ms, the server's clock. */
  at: number
  kind: Kind
  /** The event, or `*` for the whole organization. */
  space: string
  /** Who did it, and from which device; both `null`: the server itself. */
  account: string | null
  dev: string | null
  /** Whom or what it concerns: `account:…`, `device:…`, an invitation's id. */
  about: string | null
  /** Why, where a reason is asked. */
  reason: string
  /** What else is to be known, as a role or a count. */
  detail: Record<string, string | number>
}

/** An entry in its place; `chain` is the link of the whole history up to it. */
export type AuditRow = AuditEntry<string> & { seq: number; chain: string }

/** The link of an entry: whoever changes or takes out one changes every link behind it. */
export function auditLink(previous: Uint8Array, seq: number, entry: AuditEntry<string>): Uint8Array {
  const { at, kind, space, account, dev, about, reason, detail } = entry
  const details = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(
    concatBytes(previous, utf8(JSON.stringify([seq, at, kind, space, account, dev, about, reason, details]))),
  )
}
