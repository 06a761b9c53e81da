import type { Change } from '../../core/op.ts'
import type { OpenSpace } from './openSpace.ts'

/**
 * Writes an import's ops one after the other, letting the page breathe in between. Resolves with how many persons were
 * written: fewer than all when `signal` stopped it, which it does between two ops only. A failed write rejects;
 * what `onProgress` told last is on the disk. Planned and applied again, the rest follows.
 */
export async function applyImport(
  space: OpenSpace,
  ops: readonly Change[][],
  { onProgress, signal }: { onProgress: (written: number, total: number) => void; signal: AbortSignal },
): Promise<number> {
  const total = ops.reduce((sum, changes) => sum + changes.length, 0)
  let written = 0
  for (const changes of ops) {
    if (signal.aborted) break
    await space.commit(changes)
    written += changes.length
    onProgress(written, total)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return written
}
