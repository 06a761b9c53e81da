import type { Logger } from 'pino'
import { namedFiles } from '../core/material.ts'
import { sweepFiles } from './files/sweep.ts'
import type { Deps } from './routes/deps.ts'

const everyMs = 12 * 3_600_000

/** Removes files that nobody needs, now and twice a day; returns how to stop that. */
export function keepSweeping({ store, files, folded, now }: Deps, log: Logger): () => void {
  const namedIn = async (space: string) => {
    const found = await folded(space)
    return found ? namedFiles(found.space) : new Set<string>()
  }
  async function sweep(): Promise<void> {
    try {
      await sweepFiles({ store, files, namedIn, now: now() })
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'unneeded files could not be removed')
    }
  }
  void sweep()
  const timer = setInterval(() => void sweep(), everyMs).unref()
  return () => clearInterval(timer)
}
