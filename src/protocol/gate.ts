import * as v from 'valibot'
import { Code, Id } from './parts.ts'

/**
 * `POST /api/v1/spaces/:space/gate`: opens a door for attendees, closes one, or both at once (a code is replaced).
 * `open` is the id of the gate's record (core/gate.ts): asked again with the same id, also of a restored server, the
 * answer is the same code. `close` is the code of another.
 */
export const GateRequest = v.object({ open: v.nullable(Id), close: v.nullable(Code) })
export type GateRequest = v.InferOutput<typeof GateRequest>

/** The code of the gate that was opened: eight letters. The caller writes it into the log. */
export const GateAnswer = v.object({ code: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8}$/))) })
export type GateAnswer = v.InferOutput<typeof GateAnswer>
