/**
 * For the end of a promise of the worker: a bug in there goes to the browser's one handler of errors, and the screen says
 * that the work could not be done instead of waiting for ever.
 */
export function orUnavailable(error: unknown): { ok: false; failure: { kind: 'unavailable' } } {
  setTimeout(() => {
    throw error
  })
  return { ok: false, failure: { kind: 'unavailable' } }
}
