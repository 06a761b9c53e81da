import type { Logger } from 'pino'
import type { Damage } from './routes/ports.ts'

/**
 * Does something now and again every so often. What fails is logged as `trouble`, and tried again; returns how to stop.
 */
export function repeat(
  everyMs: number,
  work: () => Promise<void>,
  { damage }: { damage: Damage },
  log: Logger,
  trouble: string,
): () => void {
  const tryWork = () =>
    work().catch((error: unknown) => {
      damage.note(error)
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, trouble)
    })
  void tryWork()
  const timer = setInterval(() => void tryWork(), everyMs).unref()
  return () => clearInterval(timer)
}
