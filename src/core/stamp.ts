/** Who wrote and when: the order of writes is (at, dev, n), the same on every device (design.md section 4). */
export type Stamp = { at: number; dev: string; n: number }

/** The order of writes, for `sort`. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.at - b.at || (a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n)
}
