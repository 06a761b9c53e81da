import type { NewOp } from '../../../src/client/db/outbox.ts'
import type { Database } from '../../../src/client/db/schema.ts'
import type { Author } from '../../../src/client/state/author.ts'
import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import type { Attendees } from '../../../src/client/sync/attendee.ts'
import type { Link } from '../../../src/client/sync/link.ts'
import type { Receipts } from '../../../src/client/sync/receipts.ts'
import { versionHeader } from '../../../src/protocol/version.ts'
import { type Moment, momentOf } from './closing.ts'
import { createDisk, type Life, type WriteRequest } from './disk.ts'
import { createNetwork, type NetworkParts } from './network.ts'
import type { Trace } from './trace.ts'
import { type Client, former, present, type Version } from './versions.ts'

/** Where a known bug is put back on a device (breaks.ts). */
export type DeviceBreak = {
  wrapLink?: (link: Link, db: Database) => Link
  onWrite?: (request: WriteRequest) => 'drop' | undefined
  /** The key is made anew when a tab opens. */
  forgetsKey?: boolean
  /** What the server makes of the first part of a request. */
  mendHalf?: (half: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  /** A connection that was closed under the app is never opened again. */
  staysClosed?: boolean
  wrapAuthor?: (author: Author) => Author
  onDeath?: (db: Database) => Promise<void>
  /** What a new version does first with the disk of the former one. */
  onUpdate?: (db: Database) => Promise<void>
}

export type Written = Pick<NewOp, 'space' | 'salt' | 'changes'> & { moment?: Moment }

export type DeviceParts = NetworkParts & {
  name: string
  broken: DeviceBreak
  trace: Trace
  version: Version
  /** The present server is told of a former app that it is too old to be read to ([S9]). */
  isTooOld: boolean
}

/** A phone: one disk, one set of cookies, one clock, one way to the server, and the tabs that are open on it. */
export function createDevice(parts: DeviceParts) {
  const { name, time, broken } = parts
  const network = createNetwork(parts)
  const clock = { errorMs: 0, frozenAt: undefined as number | undefined }
  const disk = createDisk(`hadir-${name}`, () => device.version.client)
  const device = {
    name,
    disk,
    network,
    clock,
    /** What the next tab that opens runs. */
    version: parts.version,
    /** Gone for good: nobody opens it again. */
    isGone: false,
    /** How many of the next writes find the disk full. */
    fullFor: 0,
    roundOf: undefined as Tab | undefined,
    /** Every op that was begun here, saved or not. */
    written: [] as Written[],
    /** Every key that this device ever had. */
    keys: new Set<string>(),
    tabs: [] as (Tab | undefined)[],
    wall: () => clock.frozenAt ?? time.now() + clock.errorMs,
    /** The tab in this place, opened when nobody is there: it may die while it opens, at the `dieIn`-th step. */
    tab: async (place: number, dieIn = Number.POSITIVE_INFINITY): Promise<Tab> => {
      const tab = device.tabs[place] ?? createTab(device, dieIn, parts)
      device.tabs[place] = tab
      await tab.ready
      return tab
    },
    update: async (db: Database): Promise<void> => {
      device.version = present
      await broken.onUpdate?.(db)
    },
    kill: (): void => {
      for (const tab of device.tabs) tab?.kill()
      device.tabs = []
    },
  }
  return device
}
export type Device = ReturnType<typeof createDevice>

/** Rejects in whoever waits for a tab that dies. */
export class TabDied extends Error {}

type ClientParts = {
  db: Database
  link: Link
  identity: Awaited<ReturnType<Client['createIdentity']>>
  engine: ReturnType<Client['createEngine']>
  account: ReturnType<Client['createAccount']>
  attendees: Attendees
  receipts: Receipts
  author: Author
  spaces: ReturnType<Client['createSpaces']>
}

export type Tab = {
  /** The code that runs in it, also when the device was updated meanwhile. */
  app: Client
  ready: Promise<ClientParts>
  isAlive: () => boolean
  isRunning: () => boolean
  /** Dies at the `steps`-th read, write or call from now. */
  dieIn: (steps: number) => void
  /** Its connection to IndexedDB is closed under it at the `steps`-th read or write from now. */
  closeIn: (steps: number) => void
  hasLostConnection: () => boolean
  kill: () => void
  /** The work's end, or TabDied. */
  orDeath: <T>(work: Promise<T>) => Promise<T>
  opened: Map<string, OpenSpace>
  open: (space: string) => Promise<OpenSpace | undefined>
}

function tooOld(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers)
  headers.set(versionHeader, '0')
  return { ...init, headers }
}

/** One page of the app: everything in it is gone when it dies, and only the disk stays. */
function createTab(device: Device, dieIn: number, parts: DeviceParts): Tab {
  const { chance, broken, trace, onMet, host, isTooOld } = parts
  const { version } = device
  const app = version.client
  let stepsLeft = dieIn
  let openFor = Number.POSITIVE_INFINITY
  let isAlive = true
  let isOpen = false
  let hasLost = false
  let isRunning = false
  const burials: (() => void)[] = []
  let tellDeath: (error: Error) => void
  const death = new Promise<never>((_, reject) => {
    tellDeath = reject
  })
  death.catch(() => undefined)

  function kill(): void {
    if (!isAlive) return
    isAlive = false
    isRunning = false
    for (const bury of burials) bury()
    device.tabs = device.tabs.map((other) => (other === tab ? undefined : other))
    if (device.roundOf === tab) device.roundOf = undefined
    tellDeath(new TabDied(`${device.name} died`))
  }

  const life: Life = {
    isAlive: () => isAlive,
    onDeath: (bury) => burials.push(bury),
    step: () => {
      stepsLeft--
      if (stepsLeft === 0) {
        onMet(isOpen ? 'died' : 'died while opening')
        kill()
      }
      return isAlive
    },
    losesConnection: () => {
      openFor--
      if (openFor > 0) return false
      openFor = Number.POSITIVE_INFINITY
      hasLost = true
      onMet(isRunning ? 'connection lost in a round' : 'connection lost')
      return true
    },
  }

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const never = () => new Promise<never>(() => undefined)
    if (!life.step()) return never()
    try {
      if (version === former || host().version() === former)
        onMet(`${version.name} app, ${host().version().name} server`)
      const response = await device.network.send(input, isTooOld && version === former ? tooOld(init) : init)
      trace.note(`${device.name} ${response.status} ${String(input)}`)
      return life.step() ? response : never()
    } catch (error) {
      if (!life.step()) return never()
      throw error
    }
  }

  async function boot(): Promise<ClientParts> {
    const db = device.disk.open(life, (request) => {
      trace.note(`${device.name} ${request.type} ${request.table} ${request.values?.length ?? ''}`)
      const isNew = request.type === 'add' || request.type === 'put'
      if (isNew && device.fullFor > 0) {
        device.fullFor--
        return 'full'
      }
      return broken.onWrite?.(request)
    })
    if (broken.staysClosed) db.close = () => undefined
    const clock = await app.createClock(db)
    const clocked = app.createClockedLink(app.createHttpLink('/api/v1', send), clock, device.wall)
    const link = broken.wrapLink?.(clocked, db) ?? clocked
    if (broken.forgetsKey) await db.meta.delete('device')
    const identity = await app.createIdentity({ db, link, deviceName: device.name, onChange: () => undefined })
    const engine = app.createEngine({
      db,
      link,
      isEnrolled: () => identity.known().enrolled,
      renewDevice: identity.renew,
      refreshSession: identity.refresh,
      leave: identity.leave,
      wall: device.wall,
      random: () => chance().next(),
      isVisible: () => false,
      exclusively: async (round) => {
        if (device.roundOf) return false
        device.roundOf = tab
        try {
          await round()
          return true
        } finally {
          if (device.roundOf === tab) device.roundOf = undefined
        }
      },
      onStatus: ({ running }) => {
        const hasRead = isRunning && !running
        isRunning = isAlive && running
        if (isAlive && hasRead) void health.check()
      },
    })
    burials.push(engine.stop)
    const health = app.createHealth(db, async () => undefined)
    const made = app.createAuthor({
      dev: () => identity.device().dev,
      wall: device.wall,
      offsetMs: clock.offsetMs,
      random: (count) => chance().bytes(count),
      onCommit: () => engine.trigger('commit'),
    })
    const noted: Author = {
      ...made,
      newOp: (...about) => {
        const op = made.newOp(...about)
        device.written.push({ ...op, moment: momentOf(op, parts.time.now(), opened.get(op.space)) })
        return op
      },
    }
    const author = broken.wrapAuthor?.(noted) ?? noted
    /** Snapshots of the smallest logs, at once: every script opens events from them. */
    const keeping = { afterOps: 3, pause: async () => {} }
    const spaces = app.createSpaces(db, author, (count) => chance().bytes(count), keeping)
    const account = app.createAccount({ db, link, identity, engine, solve: async () => undefined })
    const attendees = app.createAttendees({ db, link, identity, engine })
    const receipts = app.createReceipts({
      db,
      device: identity.device,
      issuer: () => identity.known().issuer,
      wall: device.wall,
      onTaken: () => engine.trigger('commit'),
    })
    device.keys.add(identity.device().dev)
    engine.trigger('start')
    isOpen = true
    return { db, link, identity, engine, account, attendees, receipts, author, spaces }
  }

  const opened = new Map<string, OpenSpace>()
  const orDeath = <T>(work: Promise<T>) => Promise.race([work, death])
  const tab: Tab = {
    app,
    ready: orDeath(boot()),
    isAlive: () => isAlive,
    isRunning: () => isRunning,
    dieIn: (steps) => {
      stepsLeft = steps
    },
    closeIn: (steps) => {
      openFor = steps
    },
    hasLostConnection: () => hasLost,
    kill,
    orDeath,
    opened,
    open: async (space) => {
      const found = await orDeath((await tab.ready).spaces.open(space))
      if (found) opened.set(space, found)
      return found
    },
  }
  tab.ready.catch(() => undefined)
  return tab
}
