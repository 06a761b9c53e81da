import { outboxRows, readLast } from '../../../src/client/db/outbox.ts'
import { pagesAbove, unpackOps } from '../../../src/client/db/pages.ts'
import type { Database } from '../../../src/client/db/schema.ts'
import { recordWalkIn } from '../../../src/client/state/attendance.ts'
import { pushSpace } from '../../../src/client/sync/push.ts'
import { may } from '../../../src/core/access.ts'
import type { Action, Scene } from './actions.ts'
import { isAttendee } from './attendees.ts'
import type { Device } from './device.ts'
import { copyGrants, saltOf } from './ledger.ts'
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
  await db.outbox.add({ space, dev, n: (await readLast(db, space, dev)) + 1, v, wall: at, at, body, state: 'local' })
}

/** The salts of everything that a device could bring back: what it wrote, and what it read where it still may. */
async function heldBy(device: Device, world: World): Promise<string[]> {
  if (device.isGone) return []
  const copy = await device.disk.copy()
  const rows = (name: string) => copy.find(({ table }) => table === name)?.rows ?? []
  const reads = (row: unknown) => {
    const role = world.ledger.grants.get(device.name)?.get(String(Reflect.get(Object(row), 'space')))
    return role !== undefined && may(role, 'pull')
  }
  const dev = Reflect.get(Object(rows('meta').find((row) => Reflect.get(Object(row), 'key') === 'device')), 'dev')
  const isKnown = (row: unknown) =>
    world.ledger.known.get(device.name)?.has(String(Reflect.get(Object(row), 'space'))) ?? false
  /** Who may not read offers blindly what it has sent, as far as it still has the key that sealed it. */
  const sent = rows('sent').filter((run) => reads(run) || (isKnown(run) && Reflect.get(Object(run), 'dev') === dev))
  const texts = rows('outbox').map((row) => saltOf(String(Reflect.get(Object(row), 'body'))))
  for (const run of sent) {
    const ops: unknown[][] = JSON.parse(String(Reflect.get(Object(run), 'ops')))
    texts.push(...ops.map((op) => saltOf(String(op[2]))))
  }
  for (const page of [...rows('pages'), ...rows('lostPages')]) {
    if (!reads(page)) continue
    const ops: unknown[][] = JSON.parse(String(Reflect.get(Object(page), 'ops')))
    texts.push(...ops.map((op) => saltOf(String(op[5]))))
  }
  return texts
}

/** [S11] What is kept beside the log for an organizer to decide on; the device that handed it over may have erased it. */
export async function quarantined(world: World, space: string): Promise<string[]> {
  const store = world.host.store()
  const salts: string[] = []
  for (const { dev } of await store.sumParked(space)) {
    const parked = await store.listParked(space, dev, { n: 0, link: '' }, { most: 1e6, maxBytes: 1e9 })
    salts.push(...parked.map(({ op }) => saltOf(op.body)))
  }
  return salts
}

async function heldAnywhere(world: World): Promise<Set<string>> {
  const held = new Set<string>()
  for (const device of world.devices) for (const salt of await heldBy(device, world)) held.add(salt)
  for (const space of [world.event, world.other]) {
    const page = await world.host.store().readPage(space, undefined, { maxOps: 1e6, maxBytes: 1e9 })
    if (page?.state === 'page') for (const { body } of page.ops) held.add(saltOf(body))
    for (const salt of await quarantined(world, space)) held.add(salt)
  }
  return held
}

/** Destroys something; what was nowhere else is excused for ever. */
export async function destroy(world: World, work: () => Promise<void>): Promise<void> {
  const before = await heldAnywhere(world)
  await work()
  const after = await heldAnywhere(world)
  for (const salt of before) if (!after.has(salt)) world.ledger.excused.add(salt)
}

const clockErrors = [-50 * 365, 50 * 365, 50 * 365, 1, 0].map((days) => days * 86_400_000)
export const isOrganizer = (device: Device) => device.name === cast[0]?.name

const newest = ({ backups }: World) => backups.at(-1) ?? never()

function never(): never {
  throw new Error('There is no backup')
}

async function backUp(world: World): Promise<void> {
  const grants = copyGrants(world.ledger.grants)
  const [known, revoked] = [copyGrants(world.ledger.known), new Set(world.ledger.revoked)]
  world.backups.push({ copy: await world.host.backup(), grants, known, revoked })
  const { db } = world.host.store().accounts
  await db
    .updateTable('spaces')
    .set((of) => ({ backed: of.ref('head') }))
    .execute()
}

/** Reads everything, is backed up, then sends and has no time to read: the server will know the cursor, not the op. */
async function sendBehindBackup(scene: Scene): Promise<void> {
  const { world, tab, space, device } = scene
  const { db, link, identity, engine } = await tab.ready
  device.network.net.isOff = false
  device.network.net.faults = []
  await engine.syncNow()
  await backUp(world)
  engine.stop()
  await recordWalkIn(
    space,
    { name: 'Tamu akhir', nip: '' },
    { session: world.session, method: 'facilitator', ink: 'AAEC' },
  )
  await pushSpace({ db, link, renewDevice: identity.renew, wall: device.wall }, space.id)
  tab.kill()
}

/** Works before the server is heard: an op then takes a number that the log may have, and the disk has not. */
async function workUnheard({ world, device }: Scene): Promise<void> {
  const { isOff } = device.network.net
  device.network.net.isOff = true
  const space = await (await device.tab(0)).open(world.event)
  if (space && !isAttendee(device))
    await recordWalkIn(
      space,
      { name: 'Tamu pertama', nip: '' },
      { session: world.session, method: 'facilitator', ink: 'AAEC' },
    )
  device.network.net.isOff = isOff
}

/** A browser whose storage was cleared: the next opening of the link makes it another phone. */
async function clearStorage({ world, device }: Scene): Promise<void> {
  if (!isAttendee(device)) return
  await destroy(world, () => putBack(device, { disk: [], cookies: new Map() }))
}

/** What happens to devices, to the way between and to the server. */
export const mishaps = {
  garbage: (scene) => smuggle(scene, scene.space.id, 1, scene.chance.pick(garbage)),
  otherVersion: async (scene) => {
    const { world, device, chance, space } = scene
    const body = JSON.stringify([
      `versi-${device.name}-${chance.below(1e9)}`,
      ['x', 'new tag'],
      ['s', 'hologram', 'h2', { v: 2 }],
    ])
    await smuggle(scene, space.id, chance.pick([2, 9]), body)
    world.ledger.saved.set(saltOf(body), { device: device.name, space: space.id })
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
    for (const request of requests) await world.host.fetch(request)
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
    const { world, device, chance } = scene
    const copy = world.diskCopies.get(device)
    if (!copy) return
    const cookies = chance.once(2) ? copy.cookies : new Map(device.network.cookies)
    await destroy(world, () => putBack(device, { ...copy, cookies }))
    world.ledger.rolledBack.add(device.name)
    if (chance.once(2)) await workUnheard(scene)
  },
  gone: async ({ world, device }) => {
    if (isOrganizer(device)) return
    await destroy(world, async () => {
      device.kill()
      device.isGone = true
    })
  },
  clear: clearStorage,
  restart: ({ world }) => world.host.restart(),
  backup: ({ world }) => backUp(world),
  restore: async (scene) => {
    const { world, device, chance } = scene
    const isBehind = !isAttendee(device) && chance.once(2)
    if (isBehind) await sendBehindBackup(scene)
    const { copy, grants, known, revoked } = isBehind || chance.once(2) ? newest(world) : chance.pick(world.backups)
    await destroy(world, async () => {
      await world.host.restore(copy)
      for (const [name, roles] of copyGrants(grants)) world.ledger.grants.set(name, roles)
      for (const [name, roles] of copyGrants(known)) world.ledger.known.set(name, roles)
      world.ledger.revoked = new Set(revoked)
    })
  },
  /** Somebody asks by hand for what may not be theirs, and pushes what is not. */
  peek: async ({ world, tab, chance }) => {
    const { link, db } = await tab.ready
    const space = chance.pick([world.event, world.other])
    await link.pull(space, undefined)
    await link.team(space)
    await outboxRows(db, space, 'parked')
  },
} satisfies Record<string, Action>

/** What a device holds of a space's log. */
export async function readLog(db: Database, space: string) {
  return (await pagesAbove(db, space, 0)).map((page) => ({ ...page, unpacked: unpackOps(page) }))
}
