import { keyPairOf } from './chance.ts'
import type { Turns } from './turns.ts'

/** Waits shorter than this are the program's own breath and are over at once; longer ones are virtual. */
const virtualFromMs = 100

type Timer = { id: number; at: number; run: () => void }

/**
 * The time of a simulated world. While it is installed, timers of 100 ms and more belong to it: the engine's polls and
 * backoffs and the link's time-out run when the script lets time pass, and in no other moment. Keys are
 * numbered, so that the order of equal times is the seed's too.
 */
export function createTime(startMs: number, firstKey: number, turns: Turns) {
  let now = startMs
  let lastId = 1_000_000_000
  let lastKey = firstKey
  let timers: Timer[] = []
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
  const realGenerateKey = crypto.subtle.generateKey

  function install(): void {
    const startTimer = (run: () => void, ms = 0, ...rest: unknown[]) => {
      if (ms < virtualFromMs) return turns.later(run, ...rest)
      lastId++
      timers.push({ id: lastId, at: Math.ceil(now + ms), run })
      return lastId
    }
    const stopTimer = (id: unknown) => {
      timers = timers.filter((timer) => timer.id !== id)
      if (typeof id !== 'number') Reflect.apply(clearImmediate, undefined, [id])
    }
    turns.install()
    Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer })
    Object.defineProperty(crypto.subtle, 'generateKey', { value: () => keyPairOf(lastKey++), configurable: true })
  }

  function uninstall(): void {
    Object.assign(globalThis, real)
    Object.defineProperty(crypto.subtle, 'generateKey', { value: realGenerateKey, configurable: true })
    turns.uninstall()
    timers = []
  }

  /** Lets time pass; what falls due on the way runs at its own moment. */
  async function pass(ms: number, rest: () => Promise<void> = breathe): Promise<void> {
    const end = now + ms
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0]
      if (!due) break
      timers = timers.filter((timer) => timer !== due)
      now = Math.max(now, due.at)
      due.run()
      await rest()
    }
    now = Math.max(now, end)
  }

  return { now: () => now, pass, install, uninstall }
}
export type Time = ReturnType<typeof createTime>

/** Lets what was already begun go on: fake-indexeddb and Dexie work in turns of the event loop. */
export async function breathe(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
