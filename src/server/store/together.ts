/**
 * Gathers the jobs of one key that arrive within `waitMs` and works on them together: one transaction instead of many.
 * Jobs of a key never overlap, those of different keys do. Each caller gets the result of its own job; when the work
 * throws, every caller of that round gets the error.
 */
export function createTogether<J, R>(work: (key: string, jobs: J[]) => Promise<R[]>, waitMs: number) {
  type Waiting = { job: J; resolve(result: R): void; reject(error: unknown): void }
  const waitingByKey = new Map<string, Waiting[]>()

  async function drain(key: string, waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      const round = waiting.splice(0)
      try {
        const results = await work(
          key,
          round.map(({ job }) => job),
        )
        results.forEach((result, index) => {
          round[index]?.resolve(result)
        })
      } catch (error) {
        for (const { reject } of round) reject(error)
      }
    }
    waitingByKey.delete(key)
  }

  return (key: string, job: J): Promise<R> =>
    new Promise((resolve, reject) => {
      const held = waitingByKey.get(key)
      const waiting = held ?? []
      waiting.push({ job, resolve, reject })
      if (held) return
      waitingByKey.set(key, waiting)
      void drain(key, waiting)
    })
}
