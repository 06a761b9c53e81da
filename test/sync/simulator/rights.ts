import type { SpaceRole } from '../../../src/core/access.ts'
import type { Action } from './actions.ts'
import type { Device } from './device.ts'
import { saltOf } from './ledger.ts'
import { destroy } from './losses.ts'
import { isOrganizer } from './mishaps.ts'
import type { World } from './world.ts'

async function keysOf(world: World, device: Device, space: string): Promise<string[]> {
  const members = await world.host.store().listMembers(space)
  const current = members.filter((member) => member.device.holder === device.name).map((member) => member.device.dev)
  return [...new Set([...device.keys, ...current])]
}

async function setGrant(world: World, device: Device, role: SpaceRole, isGranted: boolean): Promise<void> {
  const now = world.time.now()
  for (const dev of await keysOf(world, device, world.event)) {
    const grant = { space: world.event, subject: `device:${dev}` as const, role, createdAt: now }
    await world.host.store().putGrant({ ...grant, revokedAt: isGranted ? null : now })
  }
  const spaces = world.ledger.grants.get(device.name)
  world.ledger.known.get(device.name)?.set(world.event, role)
  if (isGranted) spaces?.set(world.event, role)
  else {
    spaces?.delete(world.event)
    world.ledger.interrupted.add(device.name)
  }
}

/** What those who govern an event do to devices and to what these have written. */
export const rights = {
  revoke: async ({ world, device }) => {
    const role = world.ledger.grants.get(device.name)?.get(world.event)
    if (!isOrganizer(device) && role) await destroy(world, () => setGrant(world, device, role, false))
  },
  grant: async ({ world, device, chance }) => {
    const { grants, revoked } = world.ledger
    if (isOrganizer(device) || grants.get(device.name)?.has(world.event) || revoked.has(device.name)) return
    await setGrant(world, device, chance.pick(['facilitator', 'viewer'] as const), true)
  },
  /** [S11] The phone was lost: whatever it is, it may only hand over what it has, and erases itself. */
  revokeDevice: async ({ world, device, tab }) => {
    const { identity } = await tab.ready
    const { dev } = identity.device()
    device.keys.add(dev)
    if (isOrganizer(device) || world.ledger.revoked.has(device.name)) return
    /** A server that was put back may not know it yet: then it is in no list, and the organizer is told `notFound`. */
    if (!(await world.host.store().findDevice(dev))) return
    await destroy(world, async () => {
      const now = world.time.now()
      const note = { at: now, space: '*', account: null, dev: null, about: null, reason: 'Hilang', detail: {} }
      const keys = await keysOf(world, device, world.event)
      for (const dev of keys) await world.host.store().revokeDevice(dev, now, { ...note, kind: 'deviceRevoked' })
      world.ledger.grants.get(device.name)?.clear()
      world.ledger.revoked.set(device.name, new Set(keys))
      world.ledger.interrupted.add(device.name)
    })
  },
  /** [S11] An organizer looks at the quarantine, and lets in or keeps out what is there of one device. */
  decide: async ({ world, chance }) => {
    const office = await world.devices[0]?.tab(0)
    if (!office) return
    const governing = office.app.createGoverning((await office.ready).link)
    const { event } = world
    const listed = await office.orDeath(governing.quarantine(event))
    if (!listed.ok || listed.value.devices.length === 0) return
    const { dev } = chance.pick(listed.value.devices)
    const parked = await office.orDeath(governing.parked(event, dev))
    if (!parked.ok) return
    const decision = chance.once(4) ? 'keep' : 'release'
    if (decision === 'release') for (const { body } of parked.value) world.ledger.released.add(saltOf(body))
    await office.orDeath(governing.decide(event, dev, parked.value, { decision, reason: 'Diperiksa' }))
  },
} satisfies Record<string, Action>
