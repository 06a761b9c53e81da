/** An expected outcome: a value, or a failure whose closed `kind` the caller must handle. Bugs throw instead. */
export type Result<T, F extends { kind: string }> = { ok: true; value: T } | { ok: false; failure: F }

/** What was asked for. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** An expected failure: a value with a closed `kind`, over which the caller switches. */
export function fail<F extends { kind: string }>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure }
}
