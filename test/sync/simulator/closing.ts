import type { NewOp } from '../../../src/client/db/outbox.ts'
import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import type { Stamp } from '../../../src/core/stamp.ts'
import type { Action, Scene } from './actions.ts'
import { type LoggedBody, readByHand } from './byHand.ts'
import { met } from './ledger.ts'
import { former } from './versions.ts'
import type { World } from './world.ts'

/** When an op was written, epoch ms: in truth, and as its device says; and which closing the screen showed, by name. */
export type Moment = { now: number; at: number; closing: string | undefined }

const nameOf = ({ dev, n }: Pick<Stamp, 'dev' | 'n'>) => `${dev}.${n}`

const sessionOf = (space: OpenSpace | undefined, session: string | undefined) =>
  space?.sessions.value.find(({ id, closed }) => (session === undefined ? closed : id === session))

export function momentOf({ wall, offsetMs, lastAt }: NewOp, now: number, space: OpenSpace | undefined): Moment {
  const closed = sessionOf(space, undefined)?.closed
  return { now, at: Math.max(wall + offsetMs, lastAt + 1), closing: closed && nameOf(closed) }
}

/** Why so late, where the list is shown as closed; a form that was open before did not ask. */
export function lateness({ world, space, chance }: Scene): { lateReason?: string } {
  if (!sessionOf(space, world.session)?.closed) return {}
  met(world.ledger, 'recorded after the list was closed')
  return chance.once(2) ? { lateReason: 'Kendaraan mogok' } : {}
}

/** Somebody is recorded where there is no network, so that it arrives when the list has long been closed. */
async function recordUnheard({ world, device, chance }: Scene): Promise<void> {
  const mayRecord = (name: string) => ['facilitator', 'organizer'].includes(roleOf(world, name))
  const others = world.devices.filter((other) => other !== device && !other.isGone && mayRecord(other.name))
  if (others.length === 0) return
  const other = chance.pick(others)
  other.network.net.isOff = true
  const tab = await other.tab(0)
  const space = await tab.open(world.event)
  if (!space || space.isEnded.value) return
  const from = other.written.length
  const fact = { session: world.session, method: 'facilitator' as const, ink: 'AAEC' }
  await tab.orDeath(tab.app.recordWalkIn(space, { name: 'Tamu tanpa sinyal', nip: '' }, fact))
  for (const { salt } of other.written.slice(from))
    world.ledger.saved.set(salt, { device: other.name, space: space.id })
  await world.pass(5_000)
}
const roleOf = ({ ledger, event }: World, name: string) => ledger.grants.get(name)?.get(event) ?? ''

export const closingActions = {
  /** The organizer closes the list while others work without a network, or opens it again. */
  closeList: async (scene) => {
    const { tab, space, world, chance } = scene
    const session = sessionOf(space, world.session)
    if (!session || tab.app === former.client) return
    if (session.closed) {
      if (chance.once(3)) await tab.app.reopenSession(space, session.id, 'Rombongan baru tiba')
      return
    }
    if (chance.once(2)) await recordUnheard(scene)
    await tab.app.closeSession(space, session.id)
  },
} satisfies Record<string, Action>

/** A device whose clock was wrong by less than this is held to what it saw. */
const rightMs = 1_500

/**
 * Who is late, held against what happened: nobody who was recorded before the list was closed, however late that
 * arrived; everybody who was recorded where the closing was seen, whatever the clock said.
 */
export function checkLate({ devices, ledger, session }: World, ops: LoggedBody[]): string[] {
  const moments = new Map(devices.flatMap(({ written }) => written.map(({ salt, moment }) => [salt, moment])))
  const isRight = (moment: Moment) => Math.abs(moment.at - moment.now) <= rightMs
  const { attended, closed } = readByHand(ops)
  const closing = closed.get(session)
  const closedThen = closing && moments.get(closing.salt)
  return attended.flatMap((one) => {
    const seen = one.session === session ? moments.get(one.first.salt) : undefined
    if (!seen || one.first.reason) return []
    if (!closing) return one.isLate ? [`${one.person} is late, though the list is open`] : []
    if (!closedThen) return []
    const isBefore = isRight(seen) && isRight(closedThen) && seen.now < closedThen.now - 2 * rightMs
    if (isBefore) met(ledger, 'recorded before the closing')
    if (isBefore && one.isLate) return [`${one.person} is late, and was there before the list was closed`]
    const isAfter = seen.closing === nameOf(closing) && seen.now > closedThen.now
    if (isAfter) met(ledger, 'recorded in sight of the closing')
    return isAfter && !one.isLate ? [`${one.person} is on time, recorded where the list was seen closed`] : []
  })
}
