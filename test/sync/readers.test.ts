import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { namedReader, noteReader, readersOf } from '../../src/client/state/materials.ts'
import { setEvent } from '../../src/core/event.ts'
import { standingFacts } from '../../src/core/fold.ts'
import { createDevice, createOrganizer, createServer, openGate } from './world.ts'

let server: Awaited<ReturnType<typeof createServer>>
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let code: string

beforeAll(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  code = await openGate(organizer.device, organizer.space)
})
afterAll(() => server.stop())

/** What the event's notice says from now on. */
async function nameReaders(namesReaders: boolean): Promise<void> {
  await organizer.opened.commit([setEvent(organizer.opened.event.value?.id ?? '', { namesReaders })])
  await organizer.device.sync()
}

/** A phone on which these people sign in, and then somebody opens the material. */
async function read(material: string, ...names: string[]): Promise<void> {
  const device = await createDevice(server, 'Ponsel')
  await device.attendees.enter(code)
  const space = await device.open(organizer.space)
  for (const name of names) await saveSignIn(space, { session: organizer.session, fields: { name }, ink: 'AQID' })
  await noteReader(space, material, 'opened', namedReader(space))
  await device.sync()
  await organizer.device.sync()
  await expect.poll(() => readersOf(organizer.opened, material).opened).toBeGreaterThan(0)
}

const peopleOf = (material: string) => readersOf(organizer.opened, material).people
const writtenOf = (material: string) =>
  organizer.opened
    .view((space) => [...standingFacts(space, 'opened')].map(({ fields }) => fields))
    .peek()
    .filter(({ m }) => m === material)

test('an event whose notice does not say so writes down no name of a reader', async () => {
  await read('tanpa', 'Contoh Satu')
  expect(writtenOf('tanpa')).toEqual([{ m: 'tanpa', how: 'opened' }])
  expect(peopleOf('tanpa')).toEqual([])
})

test('one whose notice says so names whose phone it is, and nobody of a phone that several signed in on', async () => {
  await nameReaders(true)
  await read('dengan', 'Contoh Dua')
  await expect.poll(() => peopleOf('dengan')).toEqual(['Contoh Dua'])
  await read('bersama', 'Contoh Tiga', 'Contoh Empat')
  expect(peopleOf('bersama')).toEqual([])
})

test('names that were written are shown no more once the notice does not say so any more', async () => {
  await nameReaders(false)
  expect(peopleOf('dengan')).toEqual([])
  expect(readersOf(organizer.opened, 'dengan').opened).toBe(1)
})
