import type { Logger } from 'pino'
import { namedFiles } from '../core/material.ts'
import { hourMs } from '../core/time.ts'
import { sweepFiles } from './files/sweep.ts'
import { repeat } from './repeat.ts'
import type { Deps } from './routes/deps.ts'

const everyMs = 12 * hourMs

/** Removes files that nobody needs, now and twice a day; returns how to stop that. */
export function keepSweeping(deps: Deps, log: Logger): () => void {
  const { store, files, folded, now } = deps
  const namedIn = async (space: string) => {
    const found = await folded(space)
    return found ? namedFiles(found.space) : new Set<string>()
  }
  const sweep = () => sweepFiles({ store, files, namedIn, now: now() })
  return repeat(everyMs, sweep, deps, log, 'unneeded files could not be removed')
}
