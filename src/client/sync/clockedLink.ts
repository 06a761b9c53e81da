import type { Clock } from './clock.ts'
import type { Answer, Link } from './link.ts'

/** A link that measures the server's clock on every answer that carries it. */
export function createClockedLink(link: Link, clock: Clock, wall: () => number): Link {
  async function observed<T>(call: () => Answer<T>, nowOf: (value: T) => number | undefined): Answer<T> {
    const sentAt = wall()
    const answer = await call()
    const now = answer.ok ? nowOf(answer.value) : undefined
    if (now !== undefined) await clock.observe(sentAt, wall(), now)
    return answer
  }
  const said = ({ now }: { now: number }) => now
  return {
    ...link,
    session: (unsent) => observed(() => link.session(unsent), said),
    push: (space, request) => observed(() => link.push(space, request), said),
    pull: (space, cursor) => observed(() => link.pull(space, cursor), said),
    view: (space, tag) =>
      observed(
        () => link.view(space, tag),
        (answer) => answer?.now,
      ),
    enrol: (request) =>
      observed(
        () => link.enrol(request),
        ({ view }) => view?.now,
      ),
  }
}
