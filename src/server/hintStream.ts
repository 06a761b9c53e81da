import type { SpaceRole } from '../core/access.ts'
import type { Hint } from '../protocol/hints.ts'

export type Roles = Map<string, SpaceRole>

/** Whether these roles are of an attendee's phone alone. */
export function isAttendee(roles: Roles): boolean {
  return [...roles.values()].every((role) => role === 'attendee')
}

export type StreamTimes = {
  /** How often a stream says that it stands, and asks whether its device still may hear. */
  beatMs: number
  /** The least time between two messages: in a rush one pull fetches what many wrote. */
  spacingMs: number
  /** The same for attendees, at most, whose first hint waits too: a thousand of them must not ask at one moment. */
  attendeeSpacingMs: number
}

/** Messages that a reader may leave unread; a phone that is gone without a word never reads any. */
const maxUnread = 50
const encoder = new TextEncoder()

/** One device's stream of hints, as server-sent events. */
export type HintStream = {
  dev: string
  isAttendee: () => boolean
  body: ReadableStream<Uint8Array>
  /** Says so soon, if this device may hear of the space. */
  tell: (hint: Hint) => void
  /** Asks now, not at the next beat, what the device may hear. */
  ask: () => void
  end: () => void
}

/**
 * Begins with `heads`. It ends when `readRoles` knows nothing that the device may hear of, when nobody reads, and by
 * `end`; `onEnd` is called once.
 */
export function createHintStream(parts: {
  dev: string
  roles: Roles
  heads: Hint[]
  readRoles: () => Promise<Roles | undefined>
  times: StreamTimes
  onEnd: () => void
}): HintStream {
  const { times, readRoles } = parts
  let roles = parts.roles
  const waiting = new Map<string, Hint>()
  let pause: ReturnType<typeof setTimeout> | undefined
  let out: ReadableStreamDefaultController<Uint8Array> | undefined

  function leave(): void {
    clearTimeout(pause)
    clearInterval(beat)
    out = undefined
    parts.onEnd()
  }

  function end(): void {
    out?.close()
    if (out) leave()
  }

  function send(hints: Hint[]): void {
    if (!out) return
    if ((out.desiredSize ?? 0) <= 0) end()
    else out.enqueue(encoder.encode(`data: ${JSON.stringify(hints)}\n\n`))
  }

  function wait(): void {
    pause = setTimeout(flush, isAttendee(roles) ? times.attendeeSpacingMs * Math.random() : times.spacingMs).unref()
  }

  function flush(): void {
    pause = undefined
    if (waiting.size === 0) return
    const hints = [...waiting.values()]
    waiting.clear()
    send(hints)
    if (out) wait()
  }

  /** A database that does not answer says nothing about rights: the next beat asks again. */
  async function stand(): Promise<void> {
    const now = await readRoles().catch(() => roles)
    if (!now || now.size === 0) return end()
    roles = now
    send([])
  }
  const beat = setInterval(stand, times.beatMs).unref()

  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        out = controller
      },
      cancel: leave,
    },
    { highWaterMark: maxUnread },
  )
  send(parts.heads.filter(({ space }) => roles.has(space)))

  return {
    dev: parts.dev,
    isAttendee: () => isAttendee(roles),
    body,
    tell: (hint) => {
      if (!out || !roles.has(hint.space)) return
      waiting.set(hint.space, hint)
      if (pause) return
      if (isAttendee(roles)) wait()
      else flush()
    },
    ask: () => void stand(),
    end,
  }
}
