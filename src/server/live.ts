import type { Hint } from '../protocol/hints.ts'
import { createHintStream, type HintStream, isAttendee, type Roles, type StreamTimes } from './hintStream.ts'
import type { Live } from './routes/ports.ts'
import type { Store } from './store/store.ts'

/** `lookMs`: how often the heads are read for what other servers on the same database, or a restore, have done. */
export type LiveTimes = StreamTimes & { lookMs: number }

const usualTimes: LiveTimes = { beatMs: 20_000, lookMs: 1_000, spacingMs: 1_000, attendeeSpacingMs: 15_000 }
/** Streams of this server, and how many of them may be attendees': they must not leave the team without any. */
const usualRoom = { all: 10_000, attendees: 8_000 }
const maxStreamsPerDevice = 4

/**
 * The streams of this server ([S12]). A hint may be lost without harm, so nothing is kept or repeated: a stream begins
 * with every head, and clients ask by their timer anyway. What this server commits is told at once, what others commit
 * is found by reading the heads, for as long as anybody listens.
 */
export function createLive(
  store: Pick<Store, 'findSpace' | 'listHeads' | 'audit'>,
  times = usualTimes,
  room = usualRoom,
): Live {
  const streams = new Set<HintStream>()
  const known = new Map<string, Hint>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  /** The last entry of the history, also another server's, after which somebody may do less. */
  let lastEnding: number | undefined

  function note(hint: Hint): void {
    const held = known.get(hint.space)
    if (held && held.epoch === hint.epoch && held.head >= hint.head) return
    known.set(hint.space, hint)
    for (const stream of streams) stream.tell(hint)
  }

  /** A database that does not answer is every other call's to tell of; here the next look will do. */
  async function lookAtAll(): Promise<void> {
    for (const hint of await store.listHeads().catch(() => [])) note(hint)
    const ending = await store.audit.lastEnding().catch(() => lastEnding)
    if (ending !== lastEnding) ask()
    lastEnding = ending
    timer = undefined
    watch()
  }

  function ask(): void {
    for (const stream of streams) stream.ask()
  }

  function watch(): void {
    if (streams.size > 0 && !closed) timer ??= setTimeout(lookAtAll, times.lookMs).unref()
  }

  /** The newest stays: the others may be those of a phone that has changed its network without a word. */
  function makeRoom(dev: string): void {
    const own = [...streams].filter((stream) => stream.dev === dev)
    for (const stream of own.slice(0, Math.max(0, own.length + 1 - maxStreamsPerDevice))) stream.end()
  }

  function hasRoom(roles: Roles): boolean {
    if (closed || streams.size >= room.all) return false
    return !isAttendee(roles) || [...streams].filter((stream) => stream.isAttendee()).length < room.attendees
  }

  return {
    open: async (dev, readRoles) => {
      const roles = await readRoles()
      if (!roles || roles.size === 0) return 'none'
      const heads = await store.listHeads()
      if (!hasRoom(roles)) return 'full'
      for (const hint of heads) note(hint)
      makeRoom(dev)
      const onEnd = () => {
        streams.delete(stream)
        if (streams.size === 0) known.clear()
      }
      const stream = createHintStream({ dev, roles, heads, readRoles, times, onEnd })
      streams.add(stream)
      watch()
      return stream.body
    },
    look: async (space) => {
      const found = streams.size > 0 ? await store.findSpace(space).catch(() => undefined) : undefined
      if (found) note(found)
    },
    ask,
    close: () => {
      closed = true
      clearTimeout(timer)
      for (const stream of streams) stream.end()
    },
  }
}
