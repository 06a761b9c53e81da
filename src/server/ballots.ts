import type { Logger } from 'pino'
import { emptyBallotBox } from './auth/ballotBox.ts'
import { repeat } from './repeat.ts'
import type { Deps } from './routes/deps.ts'

const everyMs = 10 * 60_000

/** Puts ballots that have waited for a day into the log, also where nobody votes any more; returns how to stop that. */
export function keepEmptying(deps: Deps, log: Logger): () => void {
  const { store, live, now } = deps
  async function emptyAll(): Promise<void> {
    for (const place of await store.listBallotForms())
      if (await emptyBallotBox(store, place, now())) void live.look(place.space)
  }
  return repeat(everyMs, emptyAll, deps, log, 'ballots could not be put into the log')
}
