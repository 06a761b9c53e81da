/** An expected outcome: a value, or a failure whose closed `kind` the caller must handle. Bugs throw instead. */
export type Result<T, F extends { kind: string }> = { ok: true; value: T } | { ok: false; failure: F }

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function fail<F extends { kind: string }>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure }
}
