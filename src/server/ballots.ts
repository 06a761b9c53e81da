import type { Logger } from 'pino'
import { emptyBallotBox } from './auth/ballotBox.ts'
import type { Deps } from './routes/deps.ts'

const everyMs = 10 * 60_000

/** Puts ballots that have waited for a day into the log, also where nobody votes any more; returns how to stop that. */
export function keepEmptying({ store, live, now }: Deps, log: Logger): () => void {
  async function emptyAll(): Promise<void> {
    try {
      for (const place of await store.listBallotForms())
        if (await emptyBallotBox(store, place, now())) void live.look(place.space)
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'ballots could not be put into the log')
    }
  }
  void emptyAll()
  const timer = setInterval(() => void emptyAll(), everyMs).unref()
  return () => clearInterval(timer)
}
