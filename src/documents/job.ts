/** A long piece of work that tells how far it is and can be stopped. */
export type Job = {
  onProgress: (done: number, total: number) => void
  signal: AbortSignal | undefined
}

/** Tells how far a job is and lets other messages in, so that a wish to stop is heard; throws when it was stopped. */
export async function breathe({ onProgress, signal }: Job, done: number, total: number): Promise<void> {
  onProgress(done, total)
  await new Promise((resolve) => setTimeout(resolve))
  signal?.throwIfAborted()
}
