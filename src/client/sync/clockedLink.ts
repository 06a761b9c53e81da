import type { Clock } from './clock.ts'
import type { Answer, Link } from './link.ts'

/** A link that measures the server's clock on every answer that carries it. */
export function createClockedLink(link: Link, clock: Clock, wall: () => number): Link {
  async function observed<T extends { now: number }>(call: () => Answer<T>): Answer<T> {
    const sentAt = wall()
    const answer = await call()
    if (answer.ok) await clock.observe(sentAt, wall(), answer.value.now)
    return answer
  }
  return {
    ...link,
    session: () => observed(link.session),
    push: (space, request) => observed(() => link.push(space, request)),
    pull: (space, cursor) => observed(() => link.pull(space, cursor)),
  }
}
