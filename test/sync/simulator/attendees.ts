import { may } from '../../../src/core/access.ts'
import { setPerson } from '../../../src/core/person.ts'
import type { Action } from './actions.ts'
import { lateness } from './closing.ts'
import type { Device, Tab } from './device.ts'
import { inventedNip } from './names.ts'
import { cast, type World } from './world.ts'

export const isAttendee = ({ name }: Device) => cast.some((one) => one.name === name && one.role === 'attendee')

/** Opens the link of the event: nothing happens on a phone that is in. The kind of failure, if any. */
export async function comeIn(world: World, tab: Tab): Promise<string | undefined> {
  const { attendees } = await tab.ready
  const answer = await attendees.enter(world.gate)
  return answer.ok ? undefined : answer.failure.kind
}

/** What attendees do on their phones. */
export const attendeeActions = {
  signIn: (scene) => {
    const { space, tab, world, chance } = scene
    const own = tab.app.ownPeople(space).filter(({ record }) => record)
    const again = chance.once(3) ? own[chance.below(own.length)]?.id : undefined
    const fields = { name: `Peserta ${chance.below(9)}`, institution: `Dinas ${chance.below(3)}` }
    const form = { session: world.session, ...(again && { person: again }), fields, ink: 'AAEC', ...lateness(scene) }
    return tab.app.saveSignIn(space, form)
  },
  correct: ({ space, tab, chance }) => {
    const own = tab.app.ownPeople(space).filter(({ record }) => record)
    const person = own[chance.below(own.length)]?.id
    return person ? tab.app.correctOwn(space, person, { position: `Jabatan ${chance.below(9)}` }) : undefined
  },
  findMyself: async ({ tab, space, world, chance }) => {
    const { attendees } = await tab.ready
    const answer = await attendees.find(space.id, { by: 'nip', nip: inventedNip(chance.below(6)) })
    if (!answer.ok || !answer.value) return
    await tab.app.saveSignIn(space, { session: world.session, person: answer.value.person, fields: {}, ink: 'AAEC' })
  },
  /** An altered app writes into the record of somebody who was invited. */
  meddle: ({ space, world, chance }) =>
    space.commit([setPerson(chance.pick(world.invited), { name: 'Diganti orang' })]),
  /** [S13] Shows a receipt to somebody of the team, whose phone carries it from then on. */
  carry: async ({ world, tab, space, chance }) => {
    const reads = (name: string) => {
      const role = world.ledger.grants.get(name)?.get(world.event)
      return role !== undefined && may(role, 'checkIn')
    }
    const team = world.devices.filter((device) => !device.isGone && reads(device.name))
    const carrier = await chance.pick(team).tab(0)
    const [{ receipts: shown }, { receipts: read }] = [await tab.ready, await carrier.ready]
    const made = await shown.make(space.id)
    if (!made.ok) return
    for (let frame = 0; frame < made.value.count * 3; frame++) {
      const reading = await carrier.orDeath(read.read(made.value.code(frame)))
      if (reading.state === 'whole') await carrier.orDeath(read.take(reading.receipt))
      if (reading.state !== 'more') return
    }
  },
} satisfies Record<string, Action>
