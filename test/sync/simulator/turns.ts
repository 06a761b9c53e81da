import nodeCrypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { gunzipSync, gzipSync } from 'node:zlib'

/** What WebCrypto leaves to other threads. */
const inThreads = ['sign', 'verify', 'digest', 'importKey', 'exportKey'] as const

/** A stream that zips or unzips its whole at once, here and now. */
function streamOf(work: (bytes: Uint8Array) => Uint8Array) {
  return class extends TransformStream<Uint8Array, Uint8Array> {
    constructor() {
      const parts: Uint8Array[] = []
      super({
        transform: (part) => void parts.push(part),
        flush: (out) => out.enqueue(new Uint8Array(work(Buffer.concat(parts)))),
      })
    }
  }
}

type Turn = { run: () => void; unref: () => Turn }

/**
 * The turns of a simulated world's event loop, the same for the same seed: they follow each other in the order in which
 * they were asked for, none begins while threads still work for the one before, and those work one after the other.
 * Numbers of chance that programs ask the system for come from `random`.
 */
export function createTurns(random: (count: number) => Uint8Array) {
  const real = { setImmediate: globalThis.setImmediate, clearImmediate: globalThis.clearImmediate }
  let waiting: Turn[] = []
  let isAsked = false
  let atWork = 0
  let last: Promise<unknown> = Promise.resolve()
  const undo: (() => void)[] = []

  function goOn(): void {
    if (isAsked || atWork > 0 || waiting.length === 0) return
    isAsked = true
    real.setImmediate(() => {
      isAsked = false
      if (atWork > 0) return
      try {
        waiting.shift()?.run()
      } finally {
        goOn()
      }
    })
  }

  function later(run: (...rest: unknown[]) => void, ...rest: unknown[]): Turn {
    const turn: Turn = { run: () => run(...rest), unref: () => turn }
    waiting.push(turn)
    goOn()
    return turn
  }

  /** Waits for threads: no turn begins before they are done, and the next such work neither. */
  function apart<T>(work: () => Promise<T>): Promise<T> {
    atWork++
    const done = last.then(work)
    const end = () => {
      atWork--
      goOn()
    }
    last = done.then(end, end)
    return done
  }

  function replace(owner: object, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(owner, name)
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
    undo.unshift(() => {
      if (before) Object.defineProperty(owner, name, before)
      else Reflect.deleteProperty(owner, name)
    })
  }

  function install(): void {
    replace(globalThis, 'setImmediate', later)
    replace(globalThis, 'clearImmediate', (turn: unknown) => {
      waiting = waiting.filter((other) => other !== turn)
    })
    replace(globalThis, 'CompressionStream', streamOf(gzipSync))
    replace(globalThis, 'DecompressionStream', streamOf(gunzipSync))
    for (const name of inThreads) {
      const method: unknown = Reflect.get(crypto.subtle, name)
      if (typeof method !== 'function') continue
      replace(crypto.subtle, name, (...rest: unknown[]) => apart(() => Reflect.apply(method, crypto.subtle, rest)))
    }
    const fill = (into: Uint8Array) => {
      into.set(random(into.length))
      return into
    }
    replace(crypto, 'getRandomValues', fill)
    replace(nodeCrypto, 'randomBytes', (count: number) => Buffer.from(random(count)))
    replace(nodeCrypto, 'randomInt', (below: number) => Buffer.from(random(6)).readUIntBE(0, 6) % below)
    replace(nodeCrypto, 'scrypt', (...rest: unknown[]) => {
      const answer = rest.pop()
      const hash: unknown = Reflect.apply(nodeCrypto.scryptSync, undefined, rest)
      if (typeof answer === 'function') later(() => answer(null, hash))
    })
    syncBuiltinESMExports()
  }

  function uninstall(): void {
    for (const putBack of undo.splice(0)) putBack()
    syncBuiltinESMExports()
  }

  return { install, uninstall, later, apart, isQuiet: () => waiting.length === 0 && atWork === 0 }
}
export type Turns = ReturnType<typeof createTurns>
