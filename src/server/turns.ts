import { fail, ok } from '../core/result.ts'
import { wideNetworkOf } from './addressOf.ts'
import type { Turns } from './routes/ports.ts'

const comeBackMs = 2_000
/** More than a flood can draw before somebody who was sent away is back. */
const keptNumbers = 50_000

/** Work that waits. `keys`: whose it is, from the widest: a network, an address in it, an account that is asked for there. */
type Waiting = { keys: string[]; begin: () => void; sendAway: () => void }

const compare = (a: number[], b: number[]) => a.map((value, i) => value - (b[i] ?? 0)).find((more) => more !== 0) ?? 0

/**
 * Who waits, as at a counter that gives out numbers. A network draws one when it asks, and the next one after its turn; so
 * do the addresses in it, and the accounts that are asked for at one of them. When the line is full, the last of the fullest
 * network is sent away, and has his number when he comes back. So each other network goes before him once, however often it
 * asks.
 */
function createLine(most: number) {
  const numbers = new Map<string, number>()
  let lastNumber = 0
  let line: Waiting[] = []

  /** Whoever has not asked for the longest is forgotten. */
  function numberOf(key: string): number {
    const number = numbers.get(key) ?? ++lastNumber
    numbers.delete(key)
    numbers.set(key, number)
    const [longestAgo] = numbers.keys()
    if (numbers.size > keptNumbers && longestAgo !== undefined) numbers.delete(longestAgo)
    return number
  }

  const numbersOf = ({ keys }: Waiting) => keys.map(numberOf)
  const crowdOf = ({ keys }: Waiting) => keys.map((key) => line.filter((other) => other.keys.includes(key)).length)
  const sorted = (rankOf: (one: Waiting) => number[]) =>
    line
      .map((one) => ({ one, rank: rankOf(one) }))
      .sort((a, b) => compare(a.rank, b.rank))
      .map(({ one }) => one)

  return {
    join(comer: Waiting): void {
      line.push(comer)
      if (line.length <= most) return
      const last = sorted((one) => [...crowdOf(one), ...numbersOf(one)]).at(-1)
      line = line.filter((one) => one !== last)
      last?.sendAway()
    },
    /** Takes out whose turn it is. */
    next(): Waiting | undefined {
      const [first] = sorted(numbersOf)
      if (!first) return undefined
      line = line.filter((one) => one !== first)
      for (const key of first.keys) numbers.delete(key)
      line.forEach(numbersOf)
      return first
    },
  }
}

/**
 * Slow work one after the other: hashing a password takes a processor 0.1 s, and a flood of strangers must leave the
 * processors to those who bring records. Devices that the account knows have a line of their own; the two lines take turns.
 */
export function createTurns(waiting: number): Turns {
  const [known, strangers] = [createLine(waiting), createLine(waiting)]
  let [next, other] = [known, strangers]
  let isBusy = false

  function goOn(): void {
    const first = next.next() ?? other.next()
    ;[next, other] = [other, next]
    if (first) first.begin()
    else isBusy = false
  }

  return async (place, email, work) => {
    const [line, from] =
      'device' in place
        ? [known, [place.device]]
        : [strangers, [`network ${wideNetworkOf(place.address)}`, place.address]]
    const keys = [...from, JSON.stringify([...from, email])]
    const isTurn =
      !isBusy ||
      (await new Promise<boolean>((resolve) =>
        line.join({ keys, begin: () => resolve(true), sendAway: () => resolve(false) }),
      ))
    if (!isTurn) return fail({ kind: 'tooMany', retryAfterMs: comeBackMs })
    isBusy = true
    try {
      return ok(await work())
    } finally {
      goOn()
    }
  }
}
