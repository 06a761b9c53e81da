import type { SpaceRole } from '../../../src/core/access.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { type Chance, createChance } from './chance.ts'
import { createDevice, type Device, type DeviceBreak, type Written } from './device.ts'
import type { DiskCopy } from './disk.ts'
import { forgetQueries } from './disk.ts'
import { createHost, type Host } from './host.ts'
import { createLedger, type Grants, hear, type Known, type Ledger, met } from './ledger.ts'
import { breathe, createTime, type Time } from './time.ts'
import type { Trace } from './trace.ts'
import { createTurns } from './turns.ts'
import { former, present, type Versions } from './versions.ts'
import { type Form, hearVote } from './votes.ts'
import { createWatch } from './watch.ts'

/** A known bug, put back at the seams of the real parts. */
export type Break = DeviceBreak & {
  wrapStore?: (store: Store) => Store
  /** Statements that the server forgets, by their text. */
  isLeftOut?: (text: string) => boolean
  /** What the present server refuses, and the former did not. */
  refuse?: (request: Request) => Response | undefined
}

/** Who takes part: the first is the organizer's. */
export const cast: { name: string; role: SpaceRole; space: 'event' | 'other' | 'both' }[] = [
  { name: 'Kantor', role: 'organizer', space: 'both' },
  { name: 'Siti', role: 'facilitator', space: 'event' },
  { name: 'Rahmat', role: 'facilitator', space: 'event' },
  { name: 'Dewi', role: 'viewer', space: 'event' },
  { name: 'Luar', role: 'organizer', space: 'other' },
  { name: 'Tamu Ani', role: 'attendee', space: 'event' },
  { name: 'Tamu Beni', role: 'attendee', space: 'event' },
]

/** A world at its beginning, made once and copied for each seed (template.ts). */
export type Template = {
  folder: string
  devices: { disk: DiskCopy; cookies: Map<string, string>; written: Written[]; keys: Set<string> }[]
  /** The event that the script is about, and one beside it that most may not see. */
  event: string
  other: string
  session: string
  /** An anonymous one. */
  form: Form
  /** The code by which attendees come in. */
  gate: string
  /** The persons whom the organizer invited. */
  invited: string[]
  known: Known
  /** When it was finished, epoch ms. */
  at: number
}

export type World = {
  trace: Trace
  time: Time
  host: Host
  devices: Device[]
  ledger: Ledger
  /** The present server reads no more to a former app. */
  isTooOld: boolean
  event: string
  other: string
  session: string
  form: Form
  gate: string
  invited: string[]
  late: (() => Promise<unknown>)[]
  backups: { copy: string; grants: Grants; known: Grants; revoked: ReadonlyMap<string, ReadonlySet<string>> }[]
  diskCopies: Map<Device, { disk: DiskCopy; cookies: Map<string, string> }>
  /** The chance of the step that runs. */
  chance: Chance
  /** Lets everything that was begun come to its end. */
  settle: () => Promise<void>
  pass: (ms: number) => Promise<void>
  stop: () => Promise<void>
}

/** Real time: signing and zipping take their turns in other threads, which a busy machine keeps waiting. */
const longestRoundMs = 60_000

/** The parts of a world, before anybody has opened the app. */
export async function createWorld(parts: {
  seed: number
  startMs: number
  broken: Break
  template: Template | undefined
  versions: Versions
  trace: Trace
}): Promise<World> {
  const { seed, startMs, broken, template, versions, trace } = parts
  const turns = createTurns(createChance(~seed).bytes)
  const time = createTime(startMs, 1_000 * (seed + 1), turns)
  time.install()
  const hanging = new Set<Promise<unknown>>()
  const onMet = (what: string) => met(world.ledger, what)
  const host = await createHost({
    onMet,
    now: time.now,
    apart: turns.apart,
    template: template?.folder,
    version: versions.server,
    wrapStore: (store) => broken.wrapStore?.(store) ?? store,
    isLeftOut: broken.isLeftOut,
    refuse: broken.refuse,
  })
  const [event, other] = [template?.event ?? '', template?.other ?? '']
  const grants: Grants = new Map(
    cast.map(({ name, role, space }) => {
      const spaces = space === 'both' ? [event, other] : [space === 'event' ? event : other]
      return [name, new Map(spaces.map((id) => [id, role]))]
    }),
  )
  const ledger = createLedger(grants, template?.known)
  const late: (() => Promise<unknown>)[] = []
  const watch = createWatch(ledger, () => world.devices)
  const world: World = {
    trace,
    time,
    host,
    devices: cast.map(({ name }, place) =>
      createDevice({
        name,
        host: () => host,
        time,
        late,
        hanging,
        broken,
        trace,
        version: versions.devices[place] ?? present,
        isTooOld: versions.isTooOld,
        chance: () => world.chance,
        takesGzip: createChance(seed + place + 4_000_000_037).once(2),
        onHeard: (heard) => {
          hear(ledger, name, heard, host.version() === former)
          watch(name, heard)
          if (heard.path === '/api/v1/ballots') hearVote(world, heard)
        },
        onMet,
      }),
    ),
    ledger,
    isTooOld: versions.isTooOld,
    event,
    other,
    session: template?.session ?? '',
    form: template?.form ?? { id: '', version: '' },
    gate: template?.gate ?? '',
    invited: template?.invited ?? [],
    late,
    backups: [],
    diskCopies: new Map(),
    chance: createChance(seed),
    settle: () => settle(() => false),
    pass: (ms) => time.pass(ms, () => settle(() => hanging.size > 0)),
    stop: async () => {
      for (const device of world.devices) device.kill()
      forgetQueries()
      while (!turns.isQuiet()) await breathe(1)
      time.uninstall()
      await host.stop()
    },
  }

  async function settle(isEnough: () => boolean): Promise<void> {
    await breathe(5)
    const isAnyRunning = () => world.devices.some(({ tabs }) => tabs.some((tab) => tab?.isRunning()))
    const end = performance.now() + longestRoundMs
    while (isAnyRunning()) {
      if (isEnough()) return
      if (performance.now() > end) throw new Error('A round of sync never comes to its end')
      await breathe(1)
    }
    await breathe(5)
  }
  return world
}

export async function putBack(device: Device, { disk, cookies }: { disk: DiskCopy; cookies: Map<string, string> }) {
  device.kill()
  await device.disk.putBack(disk)
  device.network.cookies.clear()
  for (const [key, value] of cookies) device.network.cookies.set(key, value)
}

export async function copyDevice(device: Device) {
  return { disk: await device.disk.copy(), cookies: new Map(device.network.cookies) }
}
