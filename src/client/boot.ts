import { signal } from '@preact/signals'
import { recoverUnsent } from './db/recoverUnsent.ts'
import { createReserve } from './db/reserve.ts'
import { createDatabase, type DeviceRow } from './db/schema.ts'
import { keepSecondCopy, type SecondCopy } from './db/secondCopy.ts'
import { findBuckets } from './device/buckets.ts'
import { deviceName } from './device/deviceName.ts'
import { isPresent, type OpenStream, openEventStream, watchPresence } from './device/eventStream.ts'
import { hashPin } from './device/hashPin.ts'
import { createHeldMark } from './device/heldMark.ts'
import { whenIdle } from './device/idle.ts'
import { exclusively } from './device/locks.ts'
import { isDiskFull, readStorageHealth } from './device/storage.ts'
import { listenForTriggers } from './device/triggers.ts'
import { createLazyUploads } from './lazyUploads.ts'
import { createSaved } from './saved.ts'
import { createAuthor } from './state/author.ts'
import { createBallots } from './state/ballots.ts'
import { createDrafts } from './state/drafts.ts'
import { createHealth } from './state/health.ts'
import { createKiosk } from './state/kiosk.ts'
import { createSpaces } from './state/spaces.ts'
import { createStatus, type KnownIdentity } from './state/status.ts'
import { createAccount } from './sync/account.ts'
import { createAttendees } from './sync/attendee.ts'
import { createClock } from './sync/clock.ts'
import { createClockedLink } from './sync/clockedLink.ts'
import { createEngine, notTried } from './sync/engine.ts'
import { createHttpLink } from './sync/httpLink.ts'
import { createIdentity } from './sync/identity.ts'
import { createLazyOwnAccount } from './sync/lazyOwnAccount.ts'
import { createLive } from './sync/live.ts'
import { createPasses } from './sync/passes.ts'
import { createLazyReceipts } from './sync/receipts.ts'
import { createRescue } from './sync/rescue.ts'
import { unreached } from './sync/rounds.ts'
import type { Solve } from './sync/turn.ts'
import type { AppParts } from './ui/app.ts'
import { createDocumentsWorker } from './worker/start.ts'

/** Folding fewer than these takes a start some ms more. */
const snapshotAfterOps = 1_000

const wall = () => Date.now()
const solve: Solve = async (...asked) => (await import('./worker/solvePuzzle.ts')).solvePuzzle(...asked)
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/**
 * Makes everything that needs IndexedDB, after the first paint, and starts to sync. Tests bring a server in memory.
 * `made`: the key of a first visit.
 */
export async function boot(
  db = createDatabase(),
  server = createHttpLink(),
  openStream: OpenStream = openEventStream,
  made?: DeviceRow,
): Promise<AppParts> {
  const clock = await createClock(db)
  const link = createClockedLink(server, clock, wall)
  const identitySignal = signal<KnownIdentity>({ account: null, enrolled: false, organizer: false, needsSetup: false })
  const sync = signal(notTried)
  const mark = createHeldMark(db.name)
  const buckets = findBuckets(`${db.name}-salinan-`)
  const reserve = buckets && createReserve(buckets)
  if (buckets) await recoverUnsent(db, buckets, wall)
  let secondCopy: SecondCopy | undefined
  const onForgotten = async () => {
    mark.clear()
    await secondCopy?.drop()
  }
  const identity = await createIdentity({
    db,
    link,
    mark,
    onForgotten,
    deviceName: deviceName(navigator.userAgent),
    made,
    onChange: (known) => {
      identitySignal.value = known
    },
  })
  const status = await createStatus(db)
  const engine = createEngine({
    db,
    link,
    isEnrolled: () => identity.known().enrolled,
    renewDevice: identity.renew,
    refreshSession: identity.refresh,
    leave: identity.leave,
    wall,
    random: Math.random,
    isVisible: () => document.visibilityState === 'visible',
    exclusively,
    onStatus: (round) => {
      const hasRead = sync.value.running && !round.running
      sync.value = round
      if (!hasRead) return
      void health.check()
      if (!round.failure || !unreached.has(round.failure.kind)) sendFiles()
    },
  })
  const author = createAuthor({
    dev: () => identity.device().dev,
    device: () => ({
      holder: identity.device().holder || (identity.known().account?.name ?? ''),
      name: identity.device().name,
    }),
    wall,
    offsetMs: clock.offsetMs,
    random: randomBytes,
    onCommit: (row) => {
      status.addSaved(row)
      engine.trigger('commit')
    },
    /** Where no room is known to be kept for a copy, as on a full disk, an op is called saved once it is copied. */
    whenSafe: async () => {
      if (secondCopy && !reserve?.isKept()) await secondCopy.catchUp()
    },
  })
  const live = createLive({
    open: (onMessage, onEnd) => openStream('/api/v1/events', onMessage, onEnd),
    /** The server refuses a stream to whom it has nothing to tell, as to an organizer before his first event. */
    isWanted: () =>
      isPresent() && identity.known().enrolled && spaces.rows.value?.some(({ revoked }) => !revoked) === true,
    onHints: engine.hear,
    onLive: engine.setLive,
    random: Math.random,
  })
  const keeping = { afterOps: snapshotAfterOps, pause: whenIdle }
  const spaces = createSpaces(db, author, randomBytes, keeping, (space) => void tidy(space))
  watchPresence(live.check)
  identitySignal.subscribe(live.check)
  spaces.rows.subscribe(live.check)
  spaces.rows.subscribe((rows) => rows && rows.length > 0 && mark.set())
  const { saved, makeRoom, tidy, retry } = createSaved({ db, spaces, reserve, wall })
  const freeBytes = async () => (await readStorageHealth()).freeBytes
  const { uploads, sendFiles } = createLazyUploads({ db, link, spaces, freeBytes, wall, random: Math.random })
  const health = createHealth(db, freeBytes, makeRoom, isDiskFull)
  const drafts = createDrafts(db, wall, localStorage)
  listenForTriggers((why) => {
    engine.trigger(why)
    retry()
    void health.check()
  })
  void health.check()
  secondCopy = buckets && reserve && keepSecondCopy(db, buckets, reserve, health.noteCopy)
  engine.trigger('start')
  const onSignedOut = async () => {
    drafts.end()
    await onForgotten()
  }
  return {
    spaces,
    saved,
    uploads,
    drafts,
    ballots: await createBallots({
      db,
      wall,
      onKept: () => {
        engine.trigger('commit')
        return author.whenSafe()
      },
    }),
    health: health.health,
    status,
    kiosk: await createKiosk({ db, wall, random: randomBytes, hashPin }),
    account: createAccount({ db, link, identity, engine, solve, onForgotten: onSignedOut }),
    ownAccount: createLazyOwnAccount({ link, identity, engine }),
    governing: async () => (await import('./sync/governing.ts')).createGoverning(link),
    attendees: createAttendees({ db, link, identity, engine }),
    rescue: createRescue({ db, link, identity, wall, onDelivered: () => engine.trigger('person') }),
    receipts: createLazyReceipts({
      db,
      device: identity.device,
      issuer: () => identity.known().issuer,
      wall,
      onTaken: () => engine.trigger('commit'),
    }),
    passes: createPasses(identity.device),
    identity: identitySignal,
    sync,
    device: identity.device,
    forgetWipe: identity.forgetWipe,
    syncNow: () => engine.trigger('person'),
    documents: createDocumentsWorker(),
    wall,
    clockOffsetMs: clock.offsetMs,
    clockMeasuredAt: clock.measuredAt,
  }
}
