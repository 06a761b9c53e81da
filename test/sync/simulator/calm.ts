import { may } from '../../../src/core/access.ts'
import { comeIn, isAttendee } from './attendees.ts'
import type { Device } from './device.ts'
import { officeAccount } from './template.ts'
import { former, present } from './versions.ts'
import { countWaiting, emptyBox } from './votes.ts'
import type { World } from './world.ts'

/** Longer than the longest wait of the engine. */
const roundMs = 95_000
/**
 * A round to hear of a restore, one to bring things back, one to read them, and the same again for what came of it; an
 * answer's ticket, its moment, and another restore's word.
 */
const mostRounds = 9

/** A person with the phone in the hand: enrols it again when the server does not know it any more. */
export async function comeBack(world: World, device: Device): Promise<string | undefined> {
  const { identity, account } = await (await device.tab(0)).ready
  const spaces = world.ledger.grants.get(device.name)
  if (isAttendee(device)) {
    const refused = await comeIn(world, await device.tab(0))
    /** A phone that was revoked comes in as another one, once it has erased what it was. */
    if (world.ledger.revoked.has(device.name)) return undefined
    return refused && `${device.name} cannot come in again: ${refused}`
  }
  if (identity.known().enrolled) return undefined
  const [office] = world.devices
  if (device === office || !office) {
    const known = await identity.enrol({})
    /** A session is good beside its own device only, which a restored server may not know under its new key. */
    const enrolled = known.ok ? known : await account.signIn(officeAccount)
    return enrolled.ok ? '' : `${device.name} cannot enrol again: ${enrolled.failure.kind}`
  }
  for (const [space, role] of spaces ?? []) {
    if (role === 'attendee') continue
    const invite = await (await (await office.tab(0)).ready).account.invite(space, role)
    if (!invite.ok) return `${device.name} cannot be invited again: ${invite.failure.kind}`
    const joined = await account.join({ code: invite.value.code, holder: device.name })
    if (!joined.ok && !identity.known().enrolled) return `${device.name} cannot join again: ${joined.failure.kind}`
  }
  return spaces?.size ? '' : undefined
}

/**
 * In this time every open tab tries at least once. What is under way ends first: it would wait from the round's end on.
 */
async function passRound(world: World): Promise<void> {
  await world.settle()
  await world.pass(roundMs)
}

/** Whether an answer waits for its moment, which is chosen by chance. */
async function isAnswerOnItsWay(devices: Device[]): Promise<boolean> {
  for (const device of devices) {
    const { db, identity } = await (await device.tab(0)).ready
    const rows = identity.known().enrolled ? await db.ballots.toArray() : []
    if (rows.some(({ state }) => state === 'waiting')) return true
  }
  return false
}

async function passRounds(world: World, devices: Device[]): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    world.ledger.moved = 0
    await passRound(world)
    if (world.ledger.moved === 0 && !(await isAnswerOnItsWay(devices))) return
  }
}

/**
 * All faults stop and everybody opens the app; nobody presses anything. The engines' own timers must bring everything
 * through in a bounded number of rounds, and the last of them must move nothing.
 */
export async function calm(world: World): Promise<string[]> {
  for (const deliver of world.late.splice(0)) await deliver()
  const left = world.devices.filter((device) => !device.isGone)
  if (world.host.version() !== present) await world.host.update(present)
  for (const device of left) {
    if (world.isTooOld) {
      if (device.version !== present) await device.update((await (await device.tab(0)).ready).db)
      device.kill()
    }
    device.network.net.isOff = false
    device.network.net.faults = []
    device.clock.frozenAt = undefined
    /** Who may not read offers again what it has sent when the app is opened; for a former app see versions.ts. */
    const isReader = [...(world.ledger.grants.get(device.name)?.values() ?? [])].some((role) => may(role, 'pull'))
    const needsReopening = device.tabs.some((tab) => tab?.app === former.client && tab.hasLostConnection())
    if (!isReader || needsReopening) device.kill()
    const tab = await device.tab(0)
    for (const space of [world.event, world.other]) await tab.open(space)
  }
  const failures: string[] = []
  await passRound(world)
  for (const device of left) {
    const cameBack = await comeBack(world, device)
    if (cameBack) failures.push(cameBack)
  }
  await passRounds(world, left)
  if (await emptyBox(world)) await passRounds(world, left)
  if (world.ledger.moved > 0) failures.push(`After ${mostRounds} quiet rounds ${world.ledger.moved} ops still move`)
  for (const device of left) {
    const tab = await device.tab(0)
    const { db, identity } = await tab.ready
    /** A grant that a restored server never gave: the work stays on the device and in sight until it is given again. */
    const strangers = await tab.app.inState(db, 'local').toArray()
    const without = strangers.filter(({ space }) => !world.ledger.known.get(device.name)?.has(space))
    const unsent = (await tab.app.countUnsent(db)) - without.length - (await countWaiting(db))
    if (identity.known().enrolled && unsent > 0) failures.push(`${device.name} still has ${unsent} ops unsent`)
  }
  return failures
}
