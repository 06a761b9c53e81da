/** Work that says after each small step that it may be interrupted there. */
export type Steps<T> = Generator<undefined, T>

/** Does such work in one go. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
