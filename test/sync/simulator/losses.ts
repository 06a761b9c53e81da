import { may } from '../../../src/core/access.ts'
import type { Device } from './device.ts'
import { saltOf } from './ledger.ts'
import { votesIn } from './votes.ts'
import type { World } from './world.ts'

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
  /** What was sent goes again to a log of another epoch alone: a folder put back by hand has the one that it had. */
  const epoch = (await world.host.store().findSpace(world.event))?.epoch
  const isSent = (row: unknown) =>
    Reflect.get(Object(row), 'state') === 'sent' && Reflect.get(Object(row), 'sentIn') === epoch
  const votes = votesIn(JSON.stringify([rows('tickets'), rows('ballots').filter((row) => !isSent(row))]))
  const texts = rows('outbox').map((row) => saltOf(String(Reflect.get(Object(row), 'body'))))
  for (const run of sent) {
    const ops: unknown[][] = JSON.parse(String(Reflect.get(Object(run), 'ops')))
    texts.push(...ops.map((op) => saltOf(String(op[2]))))
  }
  /** [S13] What it carries for another until the log holds it: [n, wall, at, body]. */
  for (const batch of rows('carried')) {
    const ops: unknown[][] = JSON.parse(String(Reflect.get(Object(batch), 'ops')))
    texts.push(...ops.map((op) => saltOf(String(op[3]))))
  }
  for (const page of [...rows('pages'), ...rows('lostPages')]) {
    if (!reads(page)) continue
    const ops: unknown[][] = JSON.parse(String(Reflect.get(Object(page), 'ops')))
    texts.push(...ops.map((op) => saltOf(String(op[5]))), ...votesIn(JSON.stringify(ops)))
  }
  return [...texts, ...votes]
}

/**
 * [S11] What is kept beside the log for an organizer to decide on; the device that handed it over may have erased it.
 */
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
  await world.host.isUp()
  const held = new Set<string>()
  for (const device of world.devices) for (const salt of await heldBy(device, world)) held.add(salt)
  for (const space of [world.event, world.other]) {
    const page = await world.host.store().readPage(space, undefined, { maxOps: 1e6, maxBytes: 1e9 })
    const bodies = page?.state === 'page' ? page.ops.map(({ body }) => body) : []
    for (const { body } of await world.host.store().listBallots(space, world.form.id)) bodies.push(body)
    for (const body of bodies) for (const word of [saltOf(body), ...votesIn(body)]) held.add(word)
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
