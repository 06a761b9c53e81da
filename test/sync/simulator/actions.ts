import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import type { Change } from '../../../src/core/op.ts'
import type { Chance } from './chance.ts'
import { lateness } from './closing.ts'
import type { Device, Tab } from './device.ts'
import { inventedNip } from './names.ts'
import type { World } from './world.ts'

export type Scene = {
  world: World
  device: Device
  tab: Tab
  space: OpenSpace
  chance: Chance
  /**
   * Is done once the step is over: with its tab a step ends, and what it did after that would go on in the middle of
   * the next one. So whatever kills the step's own tab is done here.
   */
  behind: (work: () => unknown) => void
}

/** What people do in the app. `undefined`: there was nothing to do it with. */
export type Action = (scene: Scene) => Promise<unknown> | undefined

const sortedPeople = (space: OpenSpace) => [...space.people.value.keys()].sort()

function pickPerson({ space, chance }: Scene): string | undefined {
  const people = sortedPeople(space)
  return people[chance.below(people.length)]
}

export function pickAttendance({ world, space, chance }: Scene) {
  const attended = [...(space.attendance.value.get(world.session)?.values() ?? [])]
  attended.sort((a, b) => (a.person < b.person ? -1 : 1))
  return attended[chance.below(attended.length)]
}

const commit = (space: OpenSpace, change: Change) => space.commit([change])

export const actions = {
  checkIn: (scene) => {
    const { space, tab, world, chance } = scene
    const person = pickPerson(scene)
    const signed = chance.once(2) ? { ink: 'AAEC' } : { unsignedReason: 'Tangan terluka' }
    const corrected = chance.once(4) ? { position: `Jabatan ${chance.below(9)}` } : {}
    if (!person) return undefined
    const fact = { person, session: world.session, method: 'facilitator' as const, ...signed, ...lateness(scene) }
    return tab.app.recordAttendance(space, fact, corrected)
  },
  walkIn: (scene) => {
    const { space, tab, world, chance } = scene
    const number = chance.below(14)
    const fields = {
      name: `Tamu ${number}`,
      nip: number < 10 ? inventedNip(number) : '',
      institution: `Dinas ${chance.below(3)}`,
    }
    const fact = { session: world.session, method: 'facilitator' as const, ink: 'AAEC', ...lateness(scene) }
    return tab.app.recordWalkIn(space, fields, fact)
  },
  undo: async (scene) => {
    const attendance = pickAttendance(scene)
    if (!attendance) return
    const before = scene.device.written.length
    const seen = new Set(attendance.facts.map((fact) => fact.id))
    const written = scene.tab.app.undoAttendance(scene.space, attendance, 'Salah catat')
    const op = scene.device.written[before]
    if (op) scene.world.ledger.seenByUndo.set(op.salt, seen)
    await written
  },
  edit: (scene) => {
    const person = pickPerson(scene)
    const field = scene.chance.pick(['name', 'position', 'institution', 'note'] as const)
    const isRole = scene.chance.once(4)
    const fields = isRole
      ? { roles: [scene.chance.pick(['peserta', 'narasumber', 'panitia'] as const)] }
      : { [field]: `Isian ${scene.chance.below(1_000)}` }
    return person ? scene.tab.app.savePerson(scene.space, person, fields) : undefined
  },
  remove: (scene) => {
    const person = pickPerson(scene)
    return person ? scene.tab.app.setDeleted(scene.space, person, !scene.chance.once(3)) : undefined
  },
  merge: (scene) => {
    const [a, b] = [pickPerson(scene), pickPerson(scene)]
    return a && b && a !== b ? scene.tab.app.mergePeople(scene.space, a, b) : undefined
  },
  part: ({ space, tab, chance }) => {
    const merged = [...space.merges.value.keys()].sort()[chance.below(space.merges.value.size)]
    return merged ? tab.app.partPeople(space, merged, 'Orang berbeda') : undefined
  },
  editEvent: ({ space, tab, chance }) => {
    const { event } = { event: space.event.value }
    if (!event || space.role.value !== 'organizer') return undefined
    const version = { event, sessions: new Map() }
    return tab.app.updateEvent(space, version, { ...version, event: { ...event, venue: `Aula ${chance.below(9)}` } })
  },
  /** A newer app on this device writes what the others do not know yet ([S9]). */
  newerKind: ({ space, chance }) =>
    chance.once(2)
      ? commit(space, { type: 'set', kind: 'hologram', id: 'h1', fields: { glow: chance.below(9) } })
      : commit(space, { type: 'add', kind: 'ripple', fields: { deep: [{ a: null }] } }),
  /** An old or altered app lets somebody write what is not theirs to write ([S4]). */
  notAllowed: ({ space, chance }) =>
    commit(space, { type: 'set', kind: 'event', id: space.id, fields: { title: `Judul ${chance.below(9)}` } }),
} satisfies Record<string, Action>
