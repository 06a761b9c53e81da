import { fail, ok } from '../core/result.ts'
import type { Turns } from './routes/ports.ts'

const comeBackMs = 2_000

/**
 * Slow work one after the other, so many waiting for each address and for all together: hashing a password takes a
 * processor 0.1 s, and a flood of strangers must leave the processors to those who bring records.
 */
export function createTurns({ waiting, perAddress }: { waiting: number; perAddress: number }): Turns {
  const queue: (() => void)[] = []
  const countByAddress = new Map<string, number>()
  let isBusy = false

  function leave(address: string): void {
    const left = (countByAddress.get(address) ?? 1) - 1
    if (left > 0) countByAddress.set(address, left)
    else countByAddress.delete(address)
    const next = queue.shift()
    if (next) next()
    else isBusy = false
  }

  return async (address, work) => {
    const own = countByAddress.get(address) ?? 0
    if (own >= perAddress || queue.length >= waiting) return fail({ kind: 'tooMany', retryAfterMs: comeBackMs })
    countByAddress.set(address, own + 1)
    if (isBusy) await new Promise<void>((resolve) => queue.push(resolve))
    isBusy = true
    try {
      return ok(await work())
    } finally {
      leave(address)
    }
  }
}
