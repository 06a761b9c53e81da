import { may } from '../../../src/core/access.ts'
import { toBase64Url } from '../../../src/core/bytes.ts'
import { type Action, actions, type Scene } from './actions.ts'
import { isAttendee } from './attendees.ts'
import type { Device, Tab } from './device.ts'
import { copyGrants, met } from './ledger.ts'
import { destroy } from './losses.ts'
import { inventedNip } from './names.ts'
import { cast, copyDevice, putBack, type World } from './world.ts'

const garbage = [
  '',
  'null',
  '[]',
  '{"salt":1}',
  '\u0000\ud800',
  '["kurang"]',
  '[["a"]]',
  '"'.repeat(300),
  '\u0000'.repeat(9),
]

/** Puts an op into the outbox as another version of the app would have: any bytes, any version. */
async function smuggle({ tab, world }: Scene, space: string, v: number, body: string): Promise<void> {
  const { db, identity } = await tab.ready
  const { dev } = identity.device()
  const at = world.time.now()
  await db.outbox.add({
    space,
    dev,
    n: (await tab.app.readLast(db, space, dev)) + 1,
    v,
    wall: at,
    at,
    body,
    state: 'local',
  })
}

const clockErrors = [-50 * 365, 50 * 365, 50 * 365, 1, 0].map((days) => days * 86_400_000)
export const isOrganizer = (device: Device) => device.name === cast[0]?.name

const newest = ({ backups }: World) => backups.at(-1) ?? never()

function never(): never {
  throw new Error('There is no backup')
}

async function backUp(world: World): Promise<void> {
  const grants = copyGrants(world.ledger.grants)
  const [known, revoked] = [copyGrants(world.ledger.known), new Map(world.ledger.revoked)]
  world.backups.push({ copy: await world.host.backup(), grants, known, revoked })
  const { db } = world.host.store().accounts
  await db
    .updateTable('spaces')
    .set((of) => ({ backed: of.ref('head') }))
    .execute()
}

/** `npm run restore` gives the logs another epoch; a folder that is put back by hand has the one that it had. */
async function nameAnew({ host, ledger, chance, event, other }: World): Promise<void> {
  const { db } = host.store().accounts
  for (const space of [event, other]) {
    const epoch = toBase64Url(chance.bytes(16))
    const renamed = db.updateTable('spaces').set((of) => ({ epoch, backed: of.ref('head') }))
    await renamed.where('space', '=', space).execute()
  }
  met(ledger, 'restored under another epoch')
}

/** Reads everything, is backed up, then sends and has no time to read: the server will know the cursor, not the op. */
async function sendBehindBackup({ world, tab, space, device, behind }: Scene): Promise<void> {
  const { db, link, identity, engine } = await tab.ready
  device.network.net.isOff = false
  device.network.net.faults = []
  await engine.syncNow()
  await backUp(world)
  engine.stop()
  await tab.app.recordWalkIn(
    space,
    { name: 'Tamu akhir', nip: '' },
    { session: world.session, method: 'facilitator', ink: 'AAEC' },
  )
  await tab.app.pushSpace({ db, link, renewDevice: identity.renew, wall: device.wall }, space.id)
  behind(tab.kill)
}

/** Works before the server is heard: an op then takes a number that the log may have, and the disk has not. */
async function workUnheard({ world, device }: Scene): Promise<void> {
  const { isOff } = device.network.net
  device.network.net.isOff = true
  const tab = await device.tab(0)
  const space = await tab.open(world.event)
  if (space && !isAttendee(device))
    await tab.app.recordWalkIn(
      space,
      { name: 'Tamu pertama', nip: '' },
      { session: world.session, method: 'facilitator', ink: 'AAEC' },
    )
  device.network.net.isOff = isOff
}

/**
 * A browser whose storage was cleared, its cookies at times spared: it makes a key and enrols when it is opened again.
 */
async function clearStorage({ world, device, chance }: Scene): Promise<void> {
  const spared = !isAttendee(device) && chance.once(2) ? new Map(device.network.cookies) : new Map()
  await destroy(world, () => putBack(device, { disk: [], cookies: spared }))
}

async function lose(world: World, devices: Device[]): Promise<void> {
  await destroy(world, async () => {
    for (const device of devices) {
      device.kill()
      device.isGone = true
    }
  })
}

async function restore(scene: Scene): Promise<void> {
  const { world, device, tab, chance, behind } = scene
  const isBehind = tab.isAlive() && !isAttendee(device) && chance.once(2)
  if (isBehind) await tab.orDeath(sendBehindBackup(scene))
  const { copy, grants, known, revoked } = isBehind || chance.once(2) ? newest(world) : chance.pick(world.backups)
  const isByTool = chance.once(2)
  const putBackServer = async () => {
    await world.host.restore(copy)
    if (isByTool) await nameAnew(world)
    for (const [name, roles] of copyGrants(grants)) world.ledger.grants.set(name, roles)
    for (const [name, roles] of copyGrants(known)) world.ledger.known.set(name, roles)
    world.ledger.revoked = new Map(revoked)
    for (const { name } of world.devices) if (!grants.get(name)?.has(world.event)) world.ledger.interrupted.add(name)
  }
  behind(() => destroy(world, putBackServer))
}

/**
 * At least half of the devices: four drawn at random; or all but one that reads, whose organizer's storage is cleared.
 */
async function loseHalf(scene: Scene): Promise<void> {
  const { world, chance } = scene
  const [office, ...others] = world.devices
  const left = others.filter((device) => !device.isGone)
  const readers = left.filter(({ name }) => {
    const role = world.ledger.grants.get(name)?.get(world.event)
    return role !== undefined && may(role, 'pull')
  })
  if (office && readers.length > 0 && chance.once(2)) {
    const reader = chance.pick(readers)
    met(world.ledger, 'all but one reader gone')
    await lose(
      world,
      left.filter((device) => device !== reader),
    )
    return clearStorage({ ...scene, device: office })
  }
  const gone: Device[] = []
  while (left.length > 2) gone.push(...left.splice(chance.below(left.length), 1))
  met(world.ledger, 'half of the devices gone')
  await lose(world, gone)
}

/** What happens to devices, to the way between and to the server. */
export const mishaps = {
  garbage: (scene) => smuggle(scene, scene.space.id, 1, scene.chance.pick(garbage)),
  otherVersion: async (scene) => {
    const { device, chance, space } = scene
    const salt = `versi-${device.name}-${chance.below(1e9)}`
    device.written.push({ space: space.id, salt, changes: [] })
    const body = JSON.stringify([salt, ['x', 'new tag'], ['s', 'hologram', 'h2', { v: 2 }]])
    await smuggle(scene, space.id, chance.pick([2, 9]), body)
  },
  retryParked: async ({ tab, space }) => {
    const { db } = await tab.ready
    await db.outbox.where({ state: 'parked', space: space.id }).modify({ state: 'local' })
  },
  sync: async ({ tab, device }) => {
    device.network.net.isOff = false
    const { engine } = await tab.ready
    await engine.syncNow()
  },
  /** Several devices talk to the server at the same time, and somebody goes on working meanwhile. */
  meet: async ({ world, tab, chance }) => {
    const others = world.devices.filter((device) => !device.isGone && chance.once(2))
    const rounds = others.map(async (device) => {
      device.network.net.isOff = false
      return (await (await device.tab(0)).ready).engine.syncNow()
    })
    await Promise.all([...rounds, (await tab.ready).engine.syncNow()])
  },
  deliver: async ({ world, chance }) => {
    const requests = world.late.splice(0)
    if (chance.once(2)) requests.reverse()
    for (const deliver of requests) await deliver()
  },
  air: async ({ device }) => {
    device.network.net.isOff = !device.network.net.isOff
  },
  wait: ({ world, chance }) => world.pass(chance.pick([200, 4_000, 61_000, 120_000])),
  die: async ({ device, tab, chance }) => (chance.once(2) ? tab.kill() : device.kill()),
  clock: async ({ device, chance, world }) => {
    device.clock.errorMs = chance.pick(clockErrors)
    device.clock.frozenAt = chance.once(4) ? world.time.now() + device.clock.errorMs : undefined
  },
  diskCopy: async ({ world, device }) => {
    world.diskCopies.set(device, await copyDevice(device))
  },
  rollBack: async (scene) => {
    const { world, device, chance, behind } = scene
    const copy = world.diskCopies.get(device)
    if (!copy) return
    const cookies = chance.once(2) ? copy.cookies : new Map(device.network.cookies)
    behind(async () => {
      await destroy(world, () => putBack(device, { ...copy, cookies }))
      world.ledger.rolledBack.add(device.name)
      if (chance.once(2)) await workUnheard(scene)
    })
  },
  gone: async ({ world, device, behind }) => {
    if (!isOrganizer(device)) behind(() => lose(world, [device]))
  },
  /**
   * [S7] The worst that the promise still covers: the server is put back, and few are left who can bring it anything.
   */
  halfGone: async (scene) => {
    const isRestoredFirst = scene.chance.once(2)
    if (isRestoredFirst) await restore(scene)
    scene.behind(() => loseHalf(scene))
    if (!isRestoredFirst) scene.behind(() => restore(scene))
  },
  clear: async (scene) => scene.behind(() => clearStorage(scene)),
  restart: ({ world }) => world.host.restart(),
  /** The server is killed while it takes something in. */
  killServer: async (scene) => {
    const { device, tab, chance } = scene
    device.network.net.isOff = false
    if (!isAttendee(device)) await actions.checkIn(scene)
    device.network.net.faults.unshift(...Array.from({ length: 1 + chance.below(2) }, () => 'killed' as const))
    await (await tab.ready).engine.syncNow()
  },
  backup: ({ world }) => backUp(world),
  restore,
  /** Somebody asks by hand for what may not be theirs, and pushes what is not. */
  peek: async ({ world, tab, chance }) => {
    const { link } = await tab.ready
    const governing = tab.app.createGoverning(link)
    const everybody = world.devices.flatMap(({ keys }) => [...keys])
    for (const space of [world.event, world.other]) {
      await tab.orDeath(link.pull(space, undefined))
      await tab.orDeath(link.view(space, undefined))
      await tab.orDeath(link.find(space, { by: 'nip', nip: inventedNip(chance.below(6)) }))
      await tab.orDeath(governing.quarantine(space))
      for (const dev of everybody) await tab.orDeath(governing.parked(space, dev))
    }
    for (const space of [world.event, world.other, '*']) {
      await tab.orDeath(link.team(space))
      await tab.orDeath(governing.attendeeDevices(space))
      await tab.orDeath(governing.audit(space))
    }
  },
} satisfies Record<string, Action>

/** What a device holds of a space's log. */
export async function readLog({ app, ready }: Tab, space: string) {
  const pages = await app.pagesAbove((await ready).db, space, 0)
  return pages.map((page) => ({ ...page, unpacked: app.unpackOps(page) }))
}
