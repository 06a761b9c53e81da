/** What a part has counted: `lost` must stay 0. */
export type Counts = { acknowledged: number; lost: number } & Record<string, number>

/** One line per part, so that nobody has to believe that something was tried at all. */
export function printCounts(part: string, counts: Counts): void {
  const words = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
  console.log(`${part}: ${words.join(', ')}`)
}

/** A count that grows, and promises that resolve once it has reached a number. */
export function createCounter() {
  let count = 0
  let waiting: { from: number; resolve: () => void }[] = []
  return {
    count: () => count,
    add: () => {
      count++
      for (const { resolve } of waiting.filter(({ from }) => from <= count)) resolve()
      waiting = waiting.filter(({ from }) => from > count)
    },
    reached: (from: number) =>
      new Promise<void>((resolve) => {
        if (count >= from) resolve()
        else waiting.push({ from, resolve })
      }),
  }
}

export function randomUpTo(limit: number): number {
  return Math.floor(Math.random() * (limit + 1))
}

/** How many of the names stand in no body, and how many in more than one. */
export function compareNames(names: string[], bodies: string[]) {
  const counts = names.map((name) => bodies.filter((body) => body.includes(`"${name}"`)).length)
  return { lost: counts.filter((count) => count === 0).length, doubled: counts.filter((count) => count > 1).length }
}
