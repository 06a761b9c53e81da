import * as v from 'valibot'
import { Puzzle } from './puzzle.ts'

/**
 * Every way in which a call can be refused, on the wire as `{kind, retryAfterMs?, puzzle?}`. Screens switch over
 * `kind`. `unknownAuthor`: what is carried was made by a device that is nothing here, while `forbidden` is about the
 * caller. `shareUsed`: an attendee's devices have pushed as much into a space as they may by themselves; the team's can
 * bring more.
 */
export const refusalKinds = [
  'badRequest',
  'unauthorized',
  'wrongPassword',
  'forbidden',
  'unknownAuthor',
  'notFound',
  'expired',
  'used',
  'emailTaken',
  'lastOrganizer',
  'otherAccount',
  'weakPassword',
  'signInAgain',
  'unknownPasskey',
  'lastWayIn',
  'providerDown',
  'tooLarge',
  'overQuota',
  'badFile',
  'hashMismatch',
  'tooMany',
  'shareUsed',
  'clientTooOld',
  'storageFull',
  'serverError',
] as const

export const Refusal = v.object({
  kind: v.picklist(refusalKinds),
  retryAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Who solves it does not wait (`POST /sign-in`). */
  puzzle: v.optional(Puzzle),
})
export type Refusal = v.InferOutput<typeof Refusal>

/**
 * A call's failure as the client sees it: a refusal of the server, or no answer that is one. `offline`: no connection;
 * `timeout`: accepted, never answered; `notHadir`: something else answered (a captive portal's page with status 200).
 */
export type Failure =
  | Refusal
  | { kind: 'offline' | 'timeout' | 'notHadir'; retryAfterMs?: undefined; puzzle?: undefined }

/** HTTP status of each refusal. */
export const statusByKind = {
  badRequest: 400,
  weakPassword: 400,
  unauthorized: 401,
  unknownPasskey: 401,
  wrongPassword: 401,
  forbidden: 403,
  unknownAuthor: 403,
  signInAgain: 403,
  notFound: 404,
  used: 409,
  emailTaken: 409,
  lastOrganizer: 409,
  otherAccount: 409,
  lastWayIn: 409,
  expired: 410,
  tooLarge: 413,
  overQuota: 413,
  badFile: 415,
  hashMismatch: 422,
  clientTooOld: 426,
  tooMany: 429,
  shareUsed: 429,
  serverError: 500,
  providerDown: 502,
  storageFull: 507,
} as const satisfies Record<Refusal['kind'], number>

/** A refusal whose kind may be of a newer server. */
const AnyRefusal = v.object({ ...Refusal.entries, kind: v.string() })

const isKnown = (kind: string): kind is Refusal['kind'] => Object.hasOwn(statusByKind, kind)

/**
 * The refusal in an answer, `undefined` when it is none. A kind that only a newer server knows is read by its status,
 * so that it is the server's word to this version too ([S9]).
 */
export function readRefusal(status: number, answer: unknown): Refusal | undefined {
  const { success, output } = v.safeParse(AnyRefusal, answer)
  if (!success) return undefined
  const { kind, ...rest } = output
  if (isKnown(kind)) return { ...rest, kind }
  const alike = refusalKinds.find((known) => statusByKind[known] === status)
  return { ...rest, kind: alike ?? (status < 500 ? 'badRequest' : 'serverError') }
}
