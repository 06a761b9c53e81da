import * as v from 'valibot'
import { Subject } from './invite.ts'
import { Count, Hash, Id, Millis } from './parts.ts'

/** `about`: only what a subject did or what was done to it; `before`: only entries with a lower number. */
export const AuditQuery = v.object({
  about: v.optional(Subject),
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
})

/**
 * `GET /api/v1/spaces/:space/audit`: the server's own history of an event, or with `*` of the whole organization, the
 * newest first (core/audit.ts). `names` are what the devices in it are called, and who uses them; `accounts` whose the
 * accounts in it are.
 */
export const AuditAnswer = v.object({
  entries: v.array(
    v.object({
      seq: Count,
      at: Millis,
      kind: v.string(),
      space: v.string(),
      account: v.nullable(v.string()),
      dev: v.nullable(v.string()),
      about: v.nullable(v.string()),
      reason: v.string(),
      detail: v.record(v.string(), v.union([v.string(), v.number()])),
      chain: Hash,
    }),
  ),
  names: v.array(v.object({ dev: Id, holder: v.string(), deviceName: v.string() })),
  accounts: v.optional(v.array(v.object({ account: v.string(), name: v.string() })), []),
  more: v.boolean(),
})
export type AuditAnswer = v.InferOutput<typeof AuditAnswer>

/** `POST /api/v1/spaces/:space/audit`: the server's own history is about to leave a device as a file. */
export const ExportRequest = v.object({ format: v.picklist(['xlsx', 'csv']) })
export type ExportRequest = v.InferOutput<typeof ExportRequest>
