import { fail, ok } from '../core/result.ts'
import type { Place } from './auth/tries.ts'
import type { Turns } from './routes/ports.ts'

const comeBackMs = 2_000

/** Work that waits, and how much of it is whose: a device's or an address's. */
type Line = { queue: (() => void)[]; countByKey: Map<string, number> }

/**
 * Slow work one after the other, so many waiting for each place and for all together: hashing a password takes a
 * processor 0.1 s, and a flood of strangers must leave the processors to those who bring records. Devices that the account
 * knows stand in a line of their own, which goes first: strangers can fill theirs, and keep nobody out who is known.
 */
export function createTurns({ waiting, perPlace }: { waiting: number; perPlace: number }): Turns {
  const known: Line = { queue: [], countByKey: new Map() }
  const strangers: Line = { queue: [], countByKey: new Map() }
  let isBusy = false

  function leave({ countByKey }: Line, key: string): void {
    const left = (countByKey.get(key) ?? 1) - 1
    if (left > 0) countByKey.set(key, left)
    else countByKey.delete(key)
    const next = known.queue.shift() ?? strangers.queue.shift()
    if (next) next()
    else isBusy = false
  }

  return async (place: Place, work) => {
    const [line, key] = 'device' in place ? [known, place.device] : [strangers, place.address]
    const own = line.countByKey.get(key) ?? 0
    if (own >= perPlace || line.queue.length >= waiting) return fail({ kind: 'tooMany', retryAfterMs: comeBackMs })
    line.countByKey.set(key, own + 1)
    if (isBusy) await new Promise<void>((resolve) => line.queue.push(resolve))
    isBusy = true
    try {
      return ok(await work())
    } finally {
      leave(line, key)
    }
  }
}
