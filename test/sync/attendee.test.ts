import { afterAll, describe, expect, test } from 'vitest'
import { countUnsent } from '../../src/client/db/outbox.ts'
import type { OutboxRow } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { readSpace } from '../../src/client/db/spaces.ts'
import { correctOwn, ownAttendance, ownPeople } from '../../src/client/state/attendee.ts'
import { noteReader, readersOf } from '../../src/client/state/materials.ts'
import { createStatus } from '../../src/client/state/status.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import { encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { oldestReader } from '../../src/protocol/version.ts'
import { attendeeShare } from '../../src/server/auth/intake.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { found, nip, openGateSite } from './gateSite.ts'
import { createDevice, type Device, serverState } from './world.ts'

const { server, organizer, space, session, invited, code, enter, createAttendee, signIn, seenByOrganizer } =
  await openGateSite()
afterAll(() => server.stop())

/** What this phone wrote and still has, sent or not. */
const outbox = async ({ db }: Device): Promise<OutboxRow[]> => [
  ...(await sentAbove(db, space, 0)),
  ...(await db.outbox.toArray()),
]

describe('an attendee`s phone', () => {
  test('that was faster in another tab says when it could not come in with that key, and may be asked again', async () => {
    const device = await createDevice(server, 'Ponsel dengan dua tab')
    const { dev } = await makeDevice('Tab kedua', '')
    const answer = { dev, issuer: device.identity.known().issuer ?? '', granted: null, view: null }
    const first = { dev, code, space, team: false, ops: [], answer }
    device.net.state = 'down'
    expect(await device.attendees.keep(first)).toEqual({ ok: false, failure: { kind: 'offline' } })
    device.net.state = 'up'
    expect(await device.attendees.keep(first)).toEqual({ ok: true, value: { space, team: false } })
    expect((await readSpace(device.db, space))?.role).toBe('attendee')
  })

  test('comes in with one call and sees the event, not its people', async () => {
    const device = await createDevice(server, 'Ponsel tamu')
    const calls = device.net.calls
    await enter(device)
    expect(device.net.calls).toBe(calls + 1)
    const opened = await device.open(space)
    expect(opened.role.value).toBe('attendee')
    expect(opened.event.value).toMatchObject({ title: 'Sosialisasi Contoh', salt: '' })
    expect(opened.sessions.value.map(({ id }) => id)).toEqual([session])
    expect(opened.people.value.size).toBe(0)
    await device.sync()
    expect(await device.state(space)).not.toMatch(new RegExp(`${found.name}|${nip}|${code}`))
  })

  test('[S9] of an app that is too old to read still sends; a new one comes in once it was updated', async () => {
    const device = await createAttendee('Ponsel tamu')
    device.net.version = String(oldestReader - 1)
    const person = await signIn(device, 'Contoh Hadir')
    expect((await device.sync()).failure).toEqual({ kind: 'clientTooOld' })
    expect(await seenByOrganizer(person)).toMatchObject({ person: { name: 'Contoh Hadir' } })
    const fresh = await createDevice(server, 'Ponsel baru')
    fresh.net.version = String(oldestReader - 1)
    expect(await fresh.attendees.enter(code)).toEqual({ ok: false, failure: { kind: 'clientTooOld' } })
    fresh.net.version = undefined
    await enter(fresh)
    expect((await fresh.open(space)).event.value?.title).toBe('Sosialisasi Contoh')
  })

  test('[S1] saves person and attendance in one op; "on the server" is said after the server has it', async () => {
    const device = await createAttendee('Ponsel tamu')
    const opened = await device.open(space)
    device.net.state = 'down'
    const person = await signIn(device, 'Contoh Hadir')
    expect(await outbox(device)).toHaveLength(1)
    expect(ownAttendance(opened)).toMatchObject([{ person, session, where: 'device' }])
    device.net.state = 'answerLost'
    await device.sync()
    expect(ownAttendance(opened)).toMatchObject([{ where: 'device' }])
    device.net.state = 'up'
    await device.sync()
    await expect.poll(() => ownAttendance(opened)).toMatchObject([{ person, session, where: 'server' }])
    expect(await seenByOrganizer(person)).toMatchObject({
      person: { name: 'Contoh Hadir', invited: false },
      attendance: { method: 'own', ink: 'AQID' },
    })
  })

  test('signs in several people, corrects them, and reads nobody else`s', async () => {
    const [first, second] = [await createAttendee('Satu'), await createAttendee('Dua')]
    await signIn(second, 'Contoh Orang Lain')
    const persons = [await signIn(first, 'Contoh Ani'), await signIn(first, 'Contoh Beni')]
    const opened = await first.open(space)
    await correctOwn(opened, persons[0] ?? '', { name: 'Contoh Ani, S.E.' })
    for (const device of [first, second, first]) await device.sync()
    await expect.poll(() => ownAttendance(opened).map(({ where }) => where)).toEqual(['server', 'server'])
    expect(ownPeople(opened).map(({ name }) => name)).toEqual(['Contoh Ani, S.E.', 'Contoh Beni'])
    expect(await first.state(space)).not.toContain('Contoh Orang Lain')
  })

  test('counts what was handed in and waits, not what was looked at meanwhile, and sends both', async () => {
    const device = await createAttendee('Ponsel pembaca')
    const opened = await device.open(space)
    const { unsent } = await createStatus(device.db)
    const waiting = () => unsent.value.get(space)
    device.net.state = 'down'
    await noteReader(opened, 'materi', 'opened')
    await expect.poll(waiting).toMatchObject({ count: 0, notes: 1 })
    await signIn(device, 'Contoh Pembaca')
    await noteReader(opened, 'materi', 'saved')
    const [, record] = await outbox(device)
    await expect.poll(waiting).toMatchObject({ count: 1, notes: 2, oldestWall: record?.wall })
    expect(await countUnsent(device.db)).toBe(3)
    device.net.state = 'up'
    await device.sync()
    await expect.poll(waiting).toBeUndefined()
    await organizer.device.sync()
    await expect.poll(() => readersOf(organizer.opened, 'materi')).toMatchObject({ opened: 1, saved: 1 })
  })

  test('cannot change another person: the server keeps the op aside and says so', async () => {
    const device = await createAttendee('Ponsel iseng')
    const opened = await device.open(space)
    await opened.commit([setPerson(invited, { name: 'Contoh Palsu' })])
    await device.sync()
    await expect.poll(() => opened.unsent.value.parked.map(({ parkedFor }) => parkedFor)).toEqual(['notAllowed'])
    expect((await seenByOrganizer(invited)).person?.name).toBe(found.name)
  })

  test('[S10] that has sent its share keeps the rest as unsent, and the team`s phone brings it', async () => {
    const device = await createAttendee('Ponsel rajin')
    const { dev } = device.identity.device()
    const ops = Array.from({ length: attendeeShare.ops }, (_, i) => {
      const op = { v: 1, space, dev, n: 1_000 + i, wall: 1, at: 1, body: encodeBody(`penuh${i}...`, []) }
      return { op, link: String(i), verdict: 'commit' as const }
    })
    await server.store().append(space, { dev, receivedAt: 1, previous: '', signature: '', ops })
    const person = await signIn(device, 'Contoh Lebih')
    expect((await device.sync()).failure?.kind).toBe('shareUsed')
    const calls = device.net.calls
    expect((await device.sync()).failure?.kind).toBe('shareUsed')
    expect([device.net.calls, (await outbox(device)).map(({ state }) => state)]).toEqual([calls + 1, ['local']])
    const made = await device.rescue.make()
    await organizer.device.rescue.read(new Blob([made?.text ?? '']))
    expect((await seenByOrganizer(person)).attendance).toBeDefined()
    device.engine.trigger('person')
    await device.sync()
    expect((await outbox(device)).map(({ state }) => state)).toEqual(['sent'])
  })

  test('opens its event from the link without a network', async () => {
    const device = await createAttendee('Ponsel tamu')
    device.net.state = 'down'
    await enter(device)
    const person = await signIn(device, 'Contoh Luring')
    device.net.state = 'up'
    await device.sync()
    expect((await seenByOrganizer(person)).attendance?.method).toBe('own')
  })

  test('whose first answer was lost comes in as the same', async () => {
    const device = await createDevice(server, 'Ponsel tamu')
    device.net.state = 'answerLost'
    expect(await device.attendees.enter(code)).toMatchObject({ ok: false, failure: { kind: 'offline' } })
    device.net.state = 'up'
    await enter(device)
    const owners = (await server.store().findGrants([`device:${device.identity.device().dev}`])).map((g) => g.owner)
    expect(owners).toEqual([(await device.open(space)).attendee.value?.owner])
  })

  test('[S8] that was copied takes a new key and keeps what is its own', async () => {
    const device = await createAttendee('Ponsel tamu')
    const copy = await createDevice(server, 'Salinan', {
      copyOf: { row: device.identity.device(), cookies: device.cookies },
    })
    await enter(copy)
    const [ofDevice, ofCopy] = [await signIn(device, 'Contoh Asli'), await signIn(copy, 'Contoh Salinan')]
    await device.sync()
    await copy.sync()
    await copy.sync()
    expect(copy.identity.device().dev).not.toBe(device.identity.device().dev)
    for (const person of [ofDevice, ofCopy]) expect((await seenByOrganizer(person)).attendance).toBeDefined()
    const { owner, certificate } = (await readSpace(copy.db, space))?.attendee ?? { owner: '', certificate: '' }
    expect(owner).toBe((await readSpace(device.db, space))?.attendee?.owner)
    const { publicKey } = copy.identity.device()
    expect(server.deps().issuer.holds({ space, publicKey, owner }, certificate)).toBe(true)
  })

  test('that becomes a facilitator`s reads the whole event, and its own work is still there', async () => {
    const device = await createAttendee('Ponsel panitia')
    const person = await signIn(device, 'Contoh Panitia')
    await device.sync()
    const invite = await organizer.device.account.invite(space, 'facilitator')
    if (!invite.ok) throw new Error('no invite')
    await device.account.join({ code: invite.value.code, holder: 'Contoh Panitia' })
    const opened = await device.open(space)
    await expect.poll(() => opened.role.value).toBe('facilitator')
    await expect.poll(() => opened.people.value.get(invited)?.name).toBe(found.name)
    expect(opened.attendance.value.get(session)?.get(person)).toBeDefined()
  })
})

test('[S7] a server restored to before the attendee came lets him in again by its own certificate', async () => {
  const copy = await server.backup()
  const device = await createAttendee('Ponsel tamu')
  const person = await signIn(device, 'Contoh Setelah Cadangan')
  await device.sync()
  await server.restore(copy)
  const later = await signIn(device, 'Contoh Setelah Pemulihan')
  device.engine.trigger('start')
  await device.sync()
  await device.sync()
  for (const id of [person, later]) expect((await seenByOrganizer(id)).attendance).toBeDefined()
})

test('[S7] a server restored under another epoch is offered all of it again by a page that stays open', async () => {
  const device = await createAttendee('Ponsel tamu')
  await device.sync()
  const copy = await server.backup()
  const person = await signIn(device, 'Contoh Tetap Buka')
  for (let round = 0; round < 2; round++) await device.sync()
  await server.restore(copy)
  await server.store().accounts.db.updateTable('spaces').set({ epoch: newId() }).execute()
  for (let round = 0; round < 3; round++) await device.sync()
  expect(await serverState(server, space)).toContain(person)
})
