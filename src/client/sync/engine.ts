import type { Failure } from '../../protocol/failure.ts'
import type { Database } from '../db/schema.ts'
import { listSpaces, readSpace } from '../db/spaces.ts'
import { backoffMs } from './backoff.ts'
import type { Link } from './link.ts'
import { pullSpace } from './pull.ts'
import { type PushParts, pushSpace } from './push.ts'

/** What the status line tells; the counts of unsent work come from the outbox itself. */
export type SyncStatus = {
  running: boolean
  /** This device's clock when the server last answered, epoch ms. */
  lastContactAt: number | undefined
  /** Why the last round did not go through. */
  failure: Failure | undefined
}

/** What made us try: a commit waits a moment for the next one, everything else goes at once ([S12]). */
export type Trigger = 'start' | 'commit' | 'online' | 'visible' | 'timer' | 'person'

export type EngineParts = Omit<PushParts, 'device'> & {
  db: Database
  link: Link
  /** `undefined` until this browser is a device. */
  device: () => ReturnType<PushParts['device']> | undefined
  /** Asks the server who we are and brings the grants up to date. */
  refreshSession: () => Promise<Failure | undefined>
  wall: () => number
  random: () => number
  isVisible: () => boolean
  /** Runs `round` unless another tab is in one; says whether it ran. */
  exclusively: (round: () => Promise<void>) => Promise<boolean>
  onStatus: (status: SyncStatus) => void
}

export type Engine = {
  trigger: (why: Trigger) => void
  /** Runs a round now and resolves when it is over: for a person who waits, and for tests. */
  syncNow: () => Promise<SyncStatus>
  stop: () => void
}

const commitDebounceMs = 200
const visiblePollMs = 4_000
const hiddenPollMs = 60_000
const sessionFreshMs = 60_000

/** Failures that one space's refusal must not spread to the others ([S2]). */
export const ofOneSpace = new Set<Failure['kind']>(['forbidden', 'notFound', 'badRequest', 'tooLarge', 'clientTooOld'])
/** The server did not answer at all; every other failure is its own word. */
const unreached = new Set<Failure['kind']>(['offline', 'timeout', 'notHadir'])

/**
 * The loop that moves sealed ops. It holds no state but its timing: what is unsent is what the outbox says. A bug in a
 * round rejects, for the browser's one handler, and the loop goes on.
 */
export function createEngine(parts: EngineParts): Engine {
  const { db, link, wall, random } = parts
  let status: SyncStatus = { running: false, lastContactAt: undefined, failure: undefined }
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let stopped = false
  let failures = 0
  /** The server named a time before which only a person may knock again. */
  let mustWait = false
  /** The space that ended the last round: the next one begins behind it, so that it holds up nobody for ever. */
  let troubled: string | undefined
  let sessionAt = Number.NEGATIVE_INFINITY

  function report(change: Partial<SyncStatus>): void {
    status = { ...status, ...change }
    parts.onStatus(status)
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), delayMs)
  }

  async function syncSpace(space: string, device: NonNullable<ReturnType<EngineParts['device']>>) {
    const pushed = await pushSpace(
      { db, link, device: () => parts.device() ?? device, renewDevice: parts.renewDevice },
      space,
    )
    const row = await readSpace(db, space)
    const onServer = row?.epoch || !pushed
    const pulled = onServer ? await pullSpace(db, link, space) : undefined
    return pushed ?? pulled
  }

  /**
   * Sends and reads every space; the first failure that concerns all of them ends the round. A bug in one is thrown after
   * the others had their turn.
   */
  async function round(): Promise<Failure | undefined> {
    let failed: Failure | undefined
    if (Math.abs(wall() - sessionAt) > sessionFreshMs) {
      failed = await parts.refreshSession()
      if (failed && unreached.has(failed.kind)) return failed
      if (!failed) sessionAt = wall()
    }
    const device = parts.device()
    if (!device) return failed
    const spaces = (await listSpaces(db)).map(({ space }) => space)
    const from = troubled === undefined ? 0 : spaces.indexOf(troubled) + 1
    troubled = undefined
    let crash: { error: unknown } | undefined
    for (const space of [...spaces.slice(from), ...spaces.slice(0, from)]) {
      try {
        const failure = await syncSpace(space, device)
        failed ??= failure
        if (!failure || ofOneSpace.has(failure.kind)) continue
        troubled = space
        return failure
      } catch (error) {
        crash ??= { error }
      }
    }
    if (crash) throw crash.error
    return failed
  }

  async function attempt(): Promise<void> {
    if (stopped) return
    report({ running: true })
    let failure: Failure | undefined
    let ran: boolean
    try {
      ran = await parts.exclusively(async () => {
        failure = await round()
      })
    } catch (error) {
      failures++
      report({ running: false })
      schedule(backoffMs(failures - 1, random()))
      throw error
    }
    if (!ran) {
      report({ running: false })
      return schedule(visiblePollMs * (0.5 + random()))
    }
    failures = failure ? failures + 1 : 0
    mustWait = failure?.retryAfterMs !== undefined
    if (failure?.kind === 'unauthorized') sessionAt = Number.NEGATIVE_INFINITY
    const reached = !failure || !unreached.has(failure.kind)
    report({ running: false, failure, ...(reached && { lastContactAt: wall() }) })
    const pollMs = parts.isVisible() ? visiblePollMs : hiddenPollMs
    schedule(failure ? backoffMs(failures - 1, random(), failure.retryAfterMs) : pollMs * (0.5 + random()))
  }

  /** One round at a time; who asks while one is under way gets the next, which has seen what was asked for. */
  function run(): Promise<void> {
    if (!current) {
      clearTimeout(timer)
      current = attempt().finally(() => {
        current = undefined
      })
      return current
    }
    const follow = () => {
      next = undefined
      return mustWait ? undefined : run()
    }
    next ??= current.then(follow, follow)
    return next
  }

  return {
    trigger: (why) => {
      if (stopped || (mustWait && why !== 'person')) return
      if (why === 'start' || why === 'person' || why === 'online') sessionAt = Number.NEGATIVE_INFINITY
      if (why === 'commit' && !current) schedule(commitDebounceMs)
      else void run()
    },
    syncNow: async () => {
      await run()
      return status
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
