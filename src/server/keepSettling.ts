import type { Logger } from 'pino'
import { hourOf } from './auth/refusals.ts'
import { repeat } from './repeat.ts'
import type { Deps } from './routes/deps.ts'

const everyMs = 5 * 60_000

/** Writes the failed sign-ins of each hour that is over into the history; returns how to stop that. */
export function keepSettling(deps: Deps, log: Logger): () => void {
  const { store, now } = deps
  const settle = () => store.settleRefusals(hourOf(now()), now())
  return repeat(everyMs, settle, deps, log, 'failed sign-ins could not be put into the history')
}
