/**
 * Gathers the jobs of one key that arrive within `waitMs` and works on them together: one transaction instead of many.
 * Jobs of a key never overlap, those of different keys do. Each caller gets the result of its own job; when the work
 * throws, every caller of that round gets the error. A round weighs at most `maxWeight`, so that it ends soon.
 */
export function createTogether<J, R>(
  work: (key: string, jobs: J[]) => Promise<R[]>,
  { waitMs, weigh, maxWeight }: { waitMs: number; weigh: (job: J) => number; maxWeight: number },
) {
  type Waiting = { job: J; resolve(result: R): void; reject(error: unknown): void }
  const waitingByKey = new Map<string, Waiting[]>()

  /** How many of the jobs that wait make one round: at least one. */
  function countOf(waiting: Waiting[]): number {
    let weight = 0
    const tooMany = waiting.findIndex(({ job }, place) => {
      weight += weigh(job)
      return place > 0 && weight > maxWeight
    })
    return tooMany < 0 ? waiting.length : tooMany
  }

  async function drain(key: string, waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      const round = waiting.splice(0, countOf(waiting))
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
