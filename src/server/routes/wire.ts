import type { Op } from '../../core/op.ts'
import type { LoggedOp } from '../store/store.ts'

/** Ops as they travel: a page has few authors, so each is named once. */
export function toWire(logged: Omit<Op, 'space'>[]) {
  const devs = [...new Set(logged.map(({ dev }) => dev))]
  const indexByDev = new Map(devs.map((dev, index) => [dev, index]))
  const ops = logged.map(({ v, dev, n, wall, at, body }): [number, number, number, number, number, string] => [
    v,
    indexByDev.get(dev) ?? 0,
    n,
    wall,
    at,
    body,
  ])
  return { devs, ops }
}

/** When ops were received, as runs. */
export function runsOf(logged: LoggedOp[]): [count: number, receivedAt: number][] {
  const runs: [number, number][] = []
  for (const { received } of logged) {
    const last = runs.at(-1)
    if (last?.[1] === received) last[0]++
    else runs.push([1, received])
  }
  return runs
}
