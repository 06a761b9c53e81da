import * as v from 'valibot'
import { Millis } from './parts.ts'

/**
 * `GET /api/v1/health`: the body by which a client knows that Hadir answered, and not a captive portal. `neighbours`:
 * where phones of its network reach a server that has no name, as `http://192.168.1.7:8080`; told to its own machine
 * only. `damaged`: a page of the database could not be read since it was opened; calls that need it fail.
 */
export const HealthAnswer = v.object({
  app: v.literal('hadir'),
  version: v.string(),
  now: Millis,
  neighbours: v.optional(v.array(v.string())),
  damaged: v.optional(v.boolean()),
})
export type HealthAnswer = v.InferOutput<typeof HealthAnswer>
