/** A set of ops by device, as ranges of their numbers that rise and do not touch: [from, through, from, through …]. */
export type OpRanges = Map<string, number[]>

/** The place of the first range that ends at a number or above it. */
function placeOf(ranges: readonly number[], n: number): number {
  let [low, high] = [0, ranges.length / 2]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[2 * middle + 1] ?? 0) < n) low = middle + 1
    else high = middle
  }
  return 2 * low
}

/** Adds an op, in no time when it is the next one of its device, as it is in a log. */
export function addToRanges(held: OpRanges, dev: string, n: number): void {
  const ranges = held.get(dev)
  if (!ranges) {
    held.set(dev, [n, n])
    return
  }
  if (ranges.at(-1) === n - 1) {
    ranges[ranges.length - 1] = n
    return
  }
  const at = placeOf(ranges, n)
  const [from = Number.POSITIVE_INFINITY] = ranges.slice(at, at + 1)
  if (from <= n) return
  const joinsBefore = at > 0 && ranges[at - 1] === n - 1
  const joinsAfter = from === n + 1
  if (joinsBefore && joinsAfter) ranges.splice(at - 1, 2)
  else if (joinsBefore) ranges[at - 1] = n
  else if (joinsAfter) ranges[at] = n
  else ranges.splice(at, 0, n, n)
}

/** Whether an op is among those held. */
export function isInRanges(held: OpRanges, dev: string, n: number): boolean {
  const ranges = held.get(dev) ?? []
  return (ranges[placeOf(ranges, n)] ?? Number.POSITIVE_INFINITY) <= n
}
