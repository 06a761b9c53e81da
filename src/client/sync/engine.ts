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
const ofOneSpace = new Set<Failure['kind']>(['forbidden', 'notFound', 'badRequest', 'tooLarge', 'clientTooOld'])

/** The loop that moves sealed ops. It holds no state but the timer: what is unsent is what the outbox says. */
export function createEngine(parts: EngineParts): Engine {
  const { db, link, wall, random } = parts
  let status: SyncStatus = { running: false, lastContactAt: undefined, failure: undefined }
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: Promise<void> | undefined
  let again = false
  let stopped = false
  let failures = 0
  let sessionAt = Number.NEGATIVE_INFINITY

  function report(change: Partial<SyncStatus>): void {
    status = { ...status, ...change }
    parts.onStatus(status)
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), delayMs)
  }

  /** Sends and reads every space; the first failure that concerns all of them ends the round. */
  async function round(): Promise<Failure | undefined> {
    if (Math.abs(wall() - sessionAt) > sessionFreshMs) {
      const failure = await parts.refreshSession()
      if (failure) return failure
      sessionAt = wall()
    }
    const device = parts.device()
    if (!device) return undefined
    let spaceFailure: Failure | undefined
    for (const { space } of await listSpaces(db)) {
      const pushed = await pushSpace(
        { db, link, device: () => parts.device() ?? device, renewDevice: parts.renewDevice },
        space,
      )
      const row = await readSpace(db, space)
      const onServer = row?.epoch || !pushed
      const pulled = onServer ? await pullSpace(db, link, space) : undefined
      const failure = pushed ?? pulled
      if (failure && !ofOneSpace.has(failure.kind)) return failure
      spaceFailure ??= failure
    }
    return spaceFailure
  }

  async function attempt(): Promise<void> {
    report({ running: true })
    let failure: Failure | undefined
    const ran = await parts.exclusively(async () => {
      failure = await round()
    })
    if (!ran) {
      report({ running: false })
      return schedule(visiblePollMs * (0.5 + random()))
    }
    failures = failure ? failures + 1 : 0
    if (failure?.kind === 'unauthorized') sessionAt = Number.NEGATIVE_INFINITY
    const reached = !failure || !['offline', 'timeout', 'notHadir'].includes(failure.kind)
    report({ running: false, failure, ...(reached && { lastContactAt: wall() }) })
    const pollMs = parts.isVisible() ? visiblePollMs : hiddenPollMs
    schedule(failure ? backoffMs(failures - 1, random(), failure.retryAfterMs) : pollMs * (0.5 + random()))
  }

  async function run(): Promise<void> {
    if (current) {
      again = true
      return current
    }
    clearTimeout(timer)
    current = attempt().finally(() => {
      current = undefined
    })
    await current
    if (again && !stopped) {
      again = false
      await run()
    }
  }

  return {
    trigger: (why) => {
      if (stopped) return
      if (why === 'start' || why === 'person' || why === 'online') sessionAt = Number.NEGATIVE_INFINITY
      if (why === 'commit') {
        if (current) again = true
        else schedule(commitDebounceMs)
      } else void run()
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
