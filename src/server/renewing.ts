import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Result } from '../core/result.ts'
import { explain } from './explain.ts'
import type { StartFailure } from './start.ts'

export type Fetch = (request: Request, env?: object) => Response | Promise<Response>

/** What answers calls over one opened store. */
export type Site = {
  fetch: Fetch
  untilRestore(): Promise<void>
  /** Begins what is done now and again. */
  begin(): void
  /** Ends that, and streams. */
  quieten(): void
  close(): Promise<void>
}

const finishWithinMs = 10_000
const tryAgainMs = 1_000

/**
 * A site that begins anew when a backup is put in the place of its database: calls in flight are finished, the store is
 * closed, which the restore waits for, and all is opened again, so that nothing which was read before it (secrets,
 * folded spaces, who somebody is) is used behind it, and an older backup gets its migrations. Meanwhile `closed`
 * answers.
 */
export function createRenewing(
  first: Site,
  open: () => Promise<Result<Site, StartFailure>>,
  closed: Fetch,
  log: Logger,
) {
  let site: Site | undefined = first
  let isOver = false
  const inFlight = new Set<Promise<unknown>>()

  async function openAgain(): Promise<Site | undefined> {
    while (!isOver) {
      const tell = (why: { kind: string; why?: string }) => log.error(why, 'the database could not be opened again')
      const opened = await open().catch((error: Error) => tell({ kind: error.name }))
      if (opened?.ok) return opened.value
      if (opened) tell({ kind: opened.failure.kind, why: explain(opened.failure) })
      await wait(tryAgainMs)
    }
    return undefined
  }

  async function renew(before: Site): Promise<void> {
    await before.untilRestore()
    if (isOver) return
    log.info('a backup is put in the place of the database')
    site = undefined
    before.quieten()
    await Promise.race([Promise.allSettled(inFlight), wait(finishWithinMs, undefined, { ref: false })])
    await before.close()
    const opened = await openAgain()
    if (!opened) return
    if (isOver) return opened.close()
    site = opened
    site.begin()
    log.info('goes on with the restored database')
    await renew(site)
  }
  const renewing = renew(first).catch((error: Error) =>
    log.error({ name: error.name }, 'the database could not be given away'),
  )

  return {
    fetch: (request: Request, env?: object): Response | Promise<Response> => {
      if (!site) return closed(request, env)
      const answer = Promise.resolve(site.fetch(request, env))
      inFlight.add(answer)
      const leave = () => inFlight.delete(answer)
      answer.then(leave, leave)
      return answer
    },
    begin: () => site?.begin(),
    quieten: () => site?.quieten(),
    /** Also what is being opened just now. */
    close: async (): Promise<void> => {
      isOver = true
      await (site ? site.close() : renewing)
    },
  }
}
