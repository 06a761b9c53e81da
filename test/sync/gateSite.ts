import { expect } from 'vitest'
import { readSpace } from '../../src/client/db/spaces.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { createDevice, createOrganizer, createServer, type Device, openGate } from './world.ts'

export const nip = '198609262015051001'
/** What an invited person who is found is shown of himself. */
export const found = { name: 'Contoh Diundang', institution: 'Dinas Contoh' }

/** An event whose gate is open, one person who is invited, and those who come in with phones of their own. */
export async function openGateSite() {
  const server = await createServer()
  const organizer = await createOrganizer(server)
  const { space, session } = organizer
  const invited = organizer.opened.newId()
  await savePerson(organizer.opened, invited, { ...found, nip, phone: '+6281234567890', invited: true })
  const code = await openGate(organizer.device, space)

  async function enter(device: Device): Promise<void> {
    const entered = await device.attendees.enter(code)
    expect(entered).toMatchObject({ ok: true, value: { space } })
  }

  /** A phone that came in by the gate. */
  async function createAttendee(name: string): Promise<Device> {
    const device = await createDevice(server, name)
    await enter(device)
    return device
  }

  async function signIn(device: Device, name: string): Promise<string> {
    const { person } = await saveSignIn(await device.open(space), { session, fields: { name }, ink: 'AQID' })
    return person
  }

  /** What the organizer's phone shows of a person, once it has read the log. */
  async function seenByOrganizer(person: string) {
    await organizer.device.sync()
    const { opened } = organizer
    const row = await readSpace(organizer.device.db, space)
    await expect.poll(() => opened.progress.value.seq).toBe(row?.seq)
    return { person: opened.people.value.get(person), attendance: opened.attendance.value.get(session)?.get(person) }
  }
  return { server, organizer, space, session, invited, code, enter, createAttendee, signIn, seenByOrganizer }
}
