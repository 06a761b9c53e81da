import * as v from 'valibot'
import { backoffMs } from '../../core/backoff.ts'
import { type Hint, Hints } from '../../protocol/hints.ts'
import { parseJson } from './call.ts'

/**
 * The server says every 20 s that the line stands; one that is silent for this long is dead, whatever the phone says.
 */
const silenceMs = 50_000

export type LiveParts = {
  /** Opens the stream; `onEnd` comes once, unless it is closed first. */
  open: (onMessage: (data: string) => void, onEnd: () => void) => { close: () => void }
  /** Whether a stream is worth having now: somebody looks, and this browser is a device. */
  isWanted: () => boolean
  onHints: (hints: Hint[]) => void
  /** Whether hints come now, at each change. */
  onLive: (isLive: boolean) => void
  /** In [0, 1). */
  random: () => number
}

/** `check` is called when `isWanted` may have changed. */
export type Live = { check: () => void }

/**
 * [S12] Holds the stream of hints open while it is wanted, and opens it again with full jitter. A hint only makes a
 * pull come sooner: without a stream the timer asks as often as ever, and with one that loses hints it still asks.
 */
export function createLive(parts: LiveParts): Live {
  let stream: { close: () => void } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isLive = false

  function tell(now: boolean): void {
    if (isLive === now) return
    isLive = now
    parts.onLive(now)
  }

  function close(): void {
    clearTimeout(timer)
    timer = undefined
    stream?.close()
    stream = undefined
    tell(false)
  }

  function retry(): void {
    close()
    timer = setTimeout(connect, backoffMs(failures, parts.random()))
    failures++
  }

  function hear(data: string): void {
    const hints = v.safeParse(Hints, parseJson(data))
    if (!hints.success) {
      retry()
      return
    }
    clearTimeout(timer)
    timer = setTimeout(retry, silenceMs)
    failures = 0
    tell(true)
    if (hints.output.length > 0) parts.onHints(hints.output)
  }

  function connect(): void {
    close()
    timer = setTimeout(retry, silenceMs)
    stream = parts.open(hear, retry)
  }

  return {
    check: () => {
      if (!parts.isWanted()) {
        failures = 0
        close()
      } else if (!timer) connect()
    },
  }
}
