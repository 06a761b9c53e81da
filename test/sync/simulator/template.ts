import type { SpaceRole } from '../../../src/core/access.ts'
import { derivedId } from '../../../src/core/ids.ts'
import { anEvent } from '../world.ts'
import { comeIn } from './attendees.ts'
import type { Device } from './device.ts'
import { copyGrants } from './ledger.ts'
import { inventedNip } from './names.ts'
import { createTrace, type Trace } from './trace.ts'
import { drawVersions, type Version } from './versions.ts'
import { publishForm } from './votes.ts'
import { type Break, cast, copyDevice, createWorld, putBack, type Template, type World } from './world.ts'

const startMs = Date.UTC(2026, 10, 23, 1)
const sessions = [{ title: 'Hari 1', day: '2026-11-23', start: '09:00', end: '' }]
const invited = 6

const made = new Map<Version, Promise<Template>>()

/**
 * An organizer with two events, and everybody else joined to one of them: made with a version's code, once per process.
 */
export function prepareTemplate(version: Version): Promise<Template> {
  const template = made.get(version) ?? makeTemplate(version)
  made.set(version, template)
  return template
}

/** What the organizer knows by heart. */
export const officeAccount = { email: 'penyelenggara@contoh.example', password: 'kata-sandi-contoh' }

async function makeTemplate(version: Version): Promise<Template> {
  const versions = { template: version, server: version, devices: cast.map(() => version), isTooOld: false }
  const trace = createTrace(false)
  const world = await createWorld({ seed: 0, startMs, broken: {}, template: undefined, versions, trace })
  const [office] = world.devices
  if (!office) throw new Error('Nobody is there')
  const { account, spaces } = await (await office.tab(0)).ready
  const setUp = account.setUp({ token: world.host.issueSetup(), name: 'Penyelenggara Contoh', ...officeAccount })
  if (!(await setUp).ok) throw new Error('The organizer was not set up')
  await world.settle()
  const [main, other] = [await spaces.createEvent(anEvent, sessions), await spaces.createEvent(anEvent, sessions)]
  const tab = await office.tab(0)
  const opened = await tab.open(main)
  if (!opened) throw new Error('The event is not there')
  const people = Array.from({ length: invited }, (_, person) =>
    derivedId(opened.event.value?.salt ?? '', 'nip', inventedNip(person)),
  )
  for (const [person, id] of people.entries()) {
    await tab.app.savePerson(opened, id, { name: `Undangan ${person}`, nip: inventedNip(person), invited: true })
  }
  const form = await publishForm(opened)
  const session = opened.sessions.value[0]?.id ?? ''
  for (const space of [main, other]) {
    for (const grants of world.ledger.grants.values()) grants.set(space, 'organizer')
  }
  await world.pass(100_000)
  world.gate = await openGate(world, office, main)
  for (const [place, { name, role, space }] of cast.entries()) {
    if (place > 0) await join(world, place, role, space === 'event' ? main : other, name)
  }
  await world.pass(200_000)
  const devices = []
  for (const device of world.devices) {
    device.kill()
    const { written, keys } = device
    devices.push({ ...(await copyDevice(device)), written, keys })
  }
  world.time.uninstall()
  const folder = await world.host.leave()
  const { gate, ledger } = world
  const named = { form, gate, invited: people, known: { devs: ledger.devs, owners: ledger.owners } }
  return { folder, devices, event: main, other, session, ...named, at: world.time.now() }
}

const mostTries = 10

/** The attendees' door, as an organizer opens it once the server has the event. */
async function openGate(world: World, office: Device, space: string): Promise<string> {
  const tab = await office.tab(0)
  const [{ attendees, engine }, opened] = [await tab.ready, await tab.open(space)]
  const id = opened?.newId() ?? ''
  for (let tries = 1; ; tries++) {
    await engine.syncNow()
    const answer = await attendees.gate(space, { open: id, close: null })
    if (opened && answer.ok && answer.value.code) {
      await tab.app.recordGate(opened, id, answer.value.code)
      return answer.value.code
    }
    if (tries === mostTries) throw new Error(`The gate was not opened: ${answer.ok ? '' : answer.failure.kind}`)
    await world.pass(10_000)
  }
}

async function join(world: World, place: number, role: SpaceRole, space: string, holder: string): Promise<void> {
  const [office, device] = [world.devices[0], world.devices[place]]
  if (!office || !device) return
  if (role === 'attendee') {
    const refused = await comeIn(world, await device.tab(0))
    if (refused) throw new Error(refused)
    return world.settle()
  }
  const invite = await (await (await office.tab(0)).ready).account.invite(space, role)
  if (!invite.ok) throw new Error(invite.failure.kind)
  const joined = await (await (await device.tab(0)).ready).account.join({ code: invite.value.code, holder })
  if (!joined.ok) throw new Error(joined.failure.kind)
  await world.settle()
}

/** A world for one seed, as the template left it. */
export async function beginWorld(seed: number, broken: Break, trace: Trace): Promise<World> {
  const versions = drawVersions(seed, cast.length)
  const template = await prepareTemplate(versions.template)
  const world = await createWorld({ seed, startMs: template.at, broken, template, versions, trace })
  for (const [place, device] of world.devices.entries()) {
    const copy = template.devices[place]
    if (!copy) continue
    await putBack(device, copy)
    device.written.push(...copy.written)
    for (const key of copy.keys) device.keys.add(key)
    world.diskCopies.set(device, copy)
  }
  const [grants, known] = [copyGrants(world.ledger.grants), copyGrants(world.ledger.known)]
  world.backups.push({ copy: template.folder, grants, known, revoked: new Map() })
  return world
}
