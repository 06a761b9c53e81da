/** What one request may carry; client and server hold themselves to the same numbers. */
export const maxPushOps = 2_000
export const maxPushBytes = 4_194_304
/** What a client sends at first, and on a slow line always: a jammed mast may have to send it once more. */
export const firstPushOps = 500
export const firstPushBytes = 1_048_576
export const maxPageOps = 2_000
export const maxPageBytes = 4_194_304
/** A page of the log that is brought back: bodies of `maxPageBytes`, escaped once more as JSON. */
export const maxRecoverBytes = 2 * maxPageBytes
/** A rescue file: some ten thousand check-ins with ink. What is longer was never ours. */
export const maxRescueFileBytes = 67_108_864
/** Attendees' certificates in one enrolment. */
export const mostCertificates = 30
/** A piece of a material's content: half a megabyte is what a jammed mast may have to send once more. */
export const maxChunkBytes = 524_288
/** A small request: everything that is not a push. */
export const maxSmallBytes = 16_384
