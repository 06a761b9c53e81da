import { backoffMs } from '../../core/backoff.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { Hint } from '../../protocol/hints.ts'
import { createRounds, type Outcome, ofOneSpace, type RoundParts, unreached } from './rounds.ts'

/** What the status line tells; the counts of unsent work come from the outbox itself. */
export type SyncStatus = {
  running: boolean
  /** This device's clock when the server last answered, epoch ms. */
  lastContactAt: number | undefined
  /** Why the last round did not go through. */
  failure: Failure | undefined
  /** Whether what is sent did not get through in the last round although the server answered. */
  heldUp: boolean
  /** Why the last round did not go through in a space, where that concerns no other. */
  refusals: ReadonlyMap<string, Failure>
}

/** What made us try: a commit waits a moment for the next one, everything else goes at once ([S12]). */
export type Trigger = 'start' | 'commit' | 'online' | 'visible' | 'timer' | 'person'

export type EngineParts = RoundParts & {
  isVisible: () => boolean
  /** Runs `round` unless another tab is in one; says whether it ran. */
  exclusively: (round: () => Promise<void>) => Promise<boolean>
  onStatus: (status: SyncStatus) => void
}

export type Engine = {
  trigger: (why: Trigger) => void
  /** Runs a round now and resolves when it is over: for a person who waits, and for tests. */
  syncNow: () => Promise<SyncStatus>
  /** Reads the spaces whose logs have grown beyond what this device holds, beside the timer ([S12]). */
  hear: (hints: Hint[]) => void
  /** Whether hints come: then the timer only makes up for lost ones. */
  setLive: (isLive: boolean) => void
  stop: () => void
  /** Goes on after a stop. */
  resume: () => void
}

/** Before the first round. */
export const notTried: SyncStatus = {
  running: false,
  lastContactAt: undefined,
  failure: undefined,
  heldUp: false,
  refusals: new Map(),
}

const commitDebounceMs = 50
const visiblePollMs = 4_000
const livePollMs = 45_000
const hiddenPollMs = 60_000

/**
 * The loop that moves sealed ops. It holds no state but its timing: what is unsent is what the outbox says. A bug in a
 * round rejects, for the browser's one handler, and the loop goes on.
 */
export function createEngine(parts: EngineParts): Engine {
  const { wall, random } = parts
  const rounds = createRounds(parts)
  let status = notTried
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let stopped = false
  let failures = 0
  /** The server named a time before which only a person may knock again. */
  let mustWait = false
  let isLive = false
  const hinted = new Map<string, Hint>()

  function report(change: Partial<SyncStatus>): void {
    status = { ...status, ...change }
    parts.onStatus(status)
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), delayMs)
  }

  function pollMs(): number {
    if (!parts.isVisible()) return hiddenPollMs
    return isLive ? livePollMs : visiblePollMs
  }

  /** What fails here is left to the timer, which it does not touch. */
  async function heed(): Promise<void> {
    const hints = [...hinted.values()]
    hinted.clear()
    await parts.exclusively(async () => {
      if (!stopped && (await rounds.some(hints))) report({ lastContactAt: wall() })
    })
  }

  async function attempt(): Promise<void> {
    if (stopped) return
    report({ running: true })
    let outcome: Outcome = { failure: undefined, reached: false }
    let ran = true
    try {
      ran = await parts.exclusively(async () => {
        outcome = await rounds.all()
      })
    } catch (error) {
      outcome.crash = { error }
    }
    if (!ran) {
      report({ running: false })
      return schedule(visiblePollMs * (0.5 + random()))
    }
    const { failure, reached, heldUp = false, refusals = new Map(), crash } = outcome
    failures = failure || crash ? failures + 1 : 0
    const waitsMs = failure && !ofOneSpace.has(failure.kind) ? failure.retryAfterMs : undefined
    mustWait = waitsMs !== undefined
    if (failure?.kind === 'unauthorized' || failure?.kind === 'forbidden') rounds.askSessionAgain()
    report({ running: false, ...(!crash && { failure, heldUp, refusals }), ...(reached && { lastContactAt: wall() }) })
    schedule(failures > 0 ? backoffMs(failures - 1, random(), waitsMs) : pollMs() * (0.5 + random()))
    if (crash) throw crash.error
  }

  function begin(work: () => Promise<void>): Promise<void> {
    current = work().finally(() => {
      current = undefined
      if (hinted.size > 0) void begin(heed)
    })
    return current
  }

  /** One round at a time; who asks while one is under way gets the next, which has seen what was asked for. */
  function run(): Promise<void> {
    if (!current) {
      clearTimeout(timer)
      return begin(attempt)
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
      if (why === 'start' || why === 'person' || why === 'online') rounds.askSessionAgain()
      if (why === 'commit' && !current) schedule(commitDebounceMs)
      else void run()
    },
    syncNow: async () => {
      await run()
      return status
    },
    hear: (hints) => {
      /** A server in trouble is left alone until the timer's turn; it will have told of nothing new by then. */
      if (stopped || mustWait || (status.failure && !ofOneSpace.has(status.failure.kind))) return
      for (const hint of hints) hinted.set(hint.space, hint)
      if (hinted.size > 0 && !current) void begin(heed)
    },
    setLive: (now) => {
      isLive = now
      if (now && status.failure && unreached.has(status.failure.kind)) void run()
      if (!now && failures === 0 && !current) schedule(pollMs() * (0.5 + random()))
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    resume: () => {
      stopped = false
      void run()
    },
  }
}
