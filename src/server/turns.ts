import { fail, ok } from '../core/result.ts'
import { wideNetworkOf } from './addressOf.ts'
import type { Turns } from './routes/ports.ts'

const comeBackMs = 2_000
/** More than a flood can draw before somebody who was sent away is back. */
const keptNumbers = 50_000

/**
 * Work that waits. `keys`: whose it is, from the widest: a network, an address in it, an account that is asked for
 * there.
 */
type Waiting = { keys: string[]; begin: () => void; sendAway: () => void }

const compare = (a: number[], b: number[]) => a.map((value, i) => value - (b[i] ?? 0)).find((more) => more !== 0) ?? 0

/**
 * Who waits, as at a counter that gives out numbers. A network draws one when it asks, and the next one after its turn;
 * so do the addresses in it, and the accounts that are asked for at one of them. When the line is full, the last of the
 * fullest network is sent away, and has his number when he comes back. So each other network goes before him once,
 * however often it asks. Of those who ask for one account at one address the lot says who goes, so that nobody is sent
 * away for good by somebody who asks again at once.
 */
function createLine(most: number, random: () => number) {
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
      const last = sorted((one) => [...crowdOf(one), ...numbersOf(one), random()]).at(-1)
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

/** A line's turn: as many as begin within this time, one at least. A password takes about as long. */
const turnMs = 100

/**
 * Slow work one after the other: hashing a password takes a processor 0.1 s, and a flood of strangers must leave the
 * processors to those who bring records. Devices that the account knows have a line of their own, and so have solutions
 * of puzzles, and passwords that were paid for with one; the lines take turns. `nowMs` may begin anywhere.
 */
export function createTurns(waiting: number, { nowMs, random }: { nowMs: () => number; random: () => number }): Turns {
  const line = () => createLine(waiting, random)
  const lines = { known: line(), solutions: line(), paid: line(), strangers: line() }
  /** The first has its turn until then. */
  let order = Object.values(lines)
  let until = 0
  let isBusy = false

  function passOn(): void {
    order = [...order.slice(1), ...order.slice(0, 1)]
    until = nowMs() + turnMs
  }

  function goOn(): void {
    if (nowMs() >= until) passOn()
    for (const _ of order) {
      const first = order[0]?.next()
      isBusy = first !== undefined
      if (first) {
        first.begin()
        return
      }
      passOn()
    }
  }

  return async ({ place, email, paid }, work) => {
    const isKnown = 'device' in place
    const from = isKnown ? [place.device] : [`network ${wideNetworkOf(place.address)}`, place.address]
    const keys = [...from, JSON.stringify([...from, email])]
    const isTurn = await new Promise<boolean>((resolve) => {
      const comer = { keys, begin: () => resolve(true), sendAway: () => resolve(false) }
      lines[isKnown ? 'known' : (paid ?? 'strangers')].join(comer)
      if (!isBusy) goOn()
    })
    if (!isTurn) return fail({ kind: 'tooMany', retryAfterMs: comeBackMs })
    try {
      return ok(await work())
    } finally {
      goOn()
    }
  }
}
