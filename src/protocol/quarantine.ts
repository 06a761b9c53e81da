import * as v from 'valibot'
import { maxPushOps } from './limits.ts'
import { Count, Hash, Id, Millis, Name } from './parts.ts'
import { Reason } from './rights.ts'

/**
 * `GET /api/v1/spaces/:space/quarantine`: whose ops are parked, how many of them wait for a decision and how many were
 * kept out of the log. A device that the server does not know any more has no names.
 */
export const QuarantineAnswer = v.object({
  devices: v.array(
    v.object({
      dev: Id,
      holder: v.nullable(Name),
      deviceName: v.nullable(Name),
      waiting: Count,
      kept: Count,
      oldestAt: Millis,
    }),
  ),
})
export type QuarantineAnswer = v.InferOutput<typeof QuarantineAnswer>

/** Behind which op of the device to go on: its number and link, as in the answer before. */
export const ParkedQuery = v.object({
  n: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), '0'),
  link: v.optional(v.union([Hash, v.literal('')]), ''),
})

/**
 * `GET /api/v1/spaces/:space/quarantine/:dev?n=…&link=…`: what is parked of a device, by number; none when there is no
 * more. `wall` is the device's raw clock, `claimedAt` what it took the time to be, `receivedAt` the server's; `keptAt`
 * when an organizer kept it out.
 */
export const ParkedAnswer = v.object({
  ops: v.array(
    v.object({
      n: Count,
      link: Hash,
      wall: Millis,
      claimedAt: Millis,
      receivedAt: Millis,
      reason: v.string(),
      keptAt: v.nullable(Millis),
      body: v.string(),
    }),
  ),
})
export type ParkedAnswer = v.InferOutput<typeof ParkedAnswer>

/**
 * `POST /api/v1/spaces/:space/quarantine/:dev`: lets ops into the log as their author's (only those that were parked as
 * `notAllowed`), or keeps them out. The same again changes nothing; `changed` tells how many it changed.
 */
export const DecisionRequest = v.object({
  decision: v.picklist(['release', 'keep']),
  reason: Reason,
  ops: v.pipe(v.array(v.tuple([Count, Hash])), v.minLength(1), v.maxLength(maxPushOps)),
})
export type DecisionRequest = v.InferOutput<typeof DecisionRequest>
export const DecisionAnswer = v.object({ changed: Count })
export type DecisionAnswer = v.InferOutput<typeof DecisionAnswer>
