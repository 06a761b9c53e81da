import * as v from 'valibot'
import { Millis } from './parts.ts'

/** `GET /api/v1/health`: the body by which a client knows that Hadir answered, and not a captive portal. */
export const HealthAnswer = v.object({ app: v.literal('hadir'), version: v.string(), now: Millis })
export type HealthAnswer = v.InferOutput<typeof HealthAnswer>
