import { afterAll, describe, expect, test } from 'vitest'
import { ownAttendance, ownPeople, saveSignIn } from '../../src/client/state/attendee.ts'
import { recordClosedGate } from '../../src/client/state/gate.ts'
import { issuePasses, passesOf, revokePass } from '../../src/client/state/passes.ts'
import { found, nip, openGateSite } from './gateSite.ts'
import { createDevice, createFacilitator } from './world.ts'

const { server, organizer, space, session, invited, code, createAttendee, signIn, seenByOrganizer } =
  await openGateSite()
afterAll(() => server.stop())

describe('a gate', () => {
  test('leaves a facilitator who opens its link what he is', async () => {
    const siti = await createFacilitator(server, organizer.device, space, 'Siti')
    expect(await siti.attendees.enter(code)).toEqual({ ok: true, value: { space, team: true } })
    expect((await siti.open(space)).role.value).toBe('facilitator')
  })

  test('asked for again under the same id gives the same code', async () => {
    const open = organizer.opened.newId()
    const answers = [1, 2].map(() => organizer.device.attendees.gate(space, { open, close: null }))
    const [first, second] = await Promise.all(answers)
    expect(first).toEqual(second)
  })

  test('that was closed lets in nobody new; who came in before goes on', async () => {
    const id = organizer.opened.newId()
    const answer = await organizer.device.attendees.gate(space, { open: id, close: null })
    const closing = answer.ok ? (answer.value.code ?? '') : ''
    const before = await createDevice(server, 'Ponsel tamu')
    expect((await before.attendees.enter(closing)).ok).toBe(true)
    await organizer.device.attendees.gate(space, { open: null, close: closing })
    await recordClosedGate(organizer.opened, id)
    const late = await createDevice(server, 'Ponsel terlambat')
    expect(await late.attendees.enter(closing)).toMatchObject({ failure: { kind: 'expired' } })
    expect((await before.attendees.enter(closing)).ok).toBe(true)
    const person = await signIn(before, 'Contoh Lebih Awal')
    await before.sync()
    expect((await seenByOrganizer(person)).attendance).toBeDefined()
  })

  test('that nobody opened is not found', async () => {
    const device = await createDevice(server, 'Ponsel tamu')
    expect(await device.attendees.enter('2345-2345')).toMatchObject({ failure: { kind: 'notFound' } })
  })
})

/** A pass for the invited person, known to the server. */
async function issuePass(expiresAt: number): Promise<string> {
  const before = new Set(passesOf(organizer.opened).keys())
  const { dev, publicKey } = organizer.device.identity.device()
  await issuePasses(organizer.opened, [invited], { dev, publicKey }, expiresAt)
  await organizer.device.sync()
  return [...passesOf(organizer.opened).keys()].find((id) => !before.has(id)) ?? ''
}

describe('an invited person', () => {
  test.each([
    ['NIP', { by: 'nip', nip: '19860926 201505 1 001' }],
    ['telephone number', { by: 'phone', phone: '0812-3456-7890' }],
  ] as const)('is found by %s, signs in as himself and sees it said', async (_, sought) => {
    const device = await createAttendee('Ponsel undangan')
    expect(await device.attendees.find(space, sought)).toEqual({ ok: true, value: { person: invited, ...found } })
    const opened = await device.open(space)
    await saveSignIn(opened, { session, person: invited, fields: { name: 'Bukan Saya' }, ink: 'AQID' })
    await device.sync()
    await expect.poll(() => ownAttendance(opened)).toMatchObject([{ person: invited, where: 'server' }])
    expect(ownPeople(opened)).toMatchObject([{ id: invited, ...found, record: undefined }])
    expect(await device.state(space)).not.toContain(nip)
    expect((await seenByOrganizer(invited)).person?.name).toBe(found.name)
  })

  test('is found by the pass of a personal link, and again from there without a network', async () => {
    const pass = await issuePass(organizer.opened.now() + 60_000)
    const device = await createAttendee('Ponsel undangan')
    const sought = { by: 'pass', pass } as const
    expect(await device.attendees.find(space, sought)).toEqual({ ok: true, value: { person: invited, ...found } })
    device.net.state = 'down'
    expect(await device.attendees.find(space, sought)).toMatchObject({ ok: true, value: { person: invited, ...found } })
    const other = await device.attendees.find(space, { by: 'pass', pass: organizer.opened.newId() })
    expect(other).toMatchObject({ failure: { kind: 'offline' } })
  })

  test('is not found by a pass that has expired, was revoked or was never issued', async () => {
    const device = await createAttendee('Ponsel undangan')
    const expired = await issuePass(organizer.opened.now() - 1)
    const revoked = await issuePass(organizer.opened.now() + 60_000)
    await revokePass(organizer.opened, revoked)
    await organizer.device.sync()
    for (const pass of [expired, revoked, organizer.opened.newId()])
      expect(await device.attendees.find(space, { by: 'pass', pass })).toEqual({ ok: true })
  })

  test('is not found by a part of a number, and tries are counted', async () => {
    const device = await createAttendee('Ponsel penebak')
    expect(await device.attendees.find(space, { by: 'nip', nip: nip.slice(0, 17) })).toEqual({ ok: true })
    for (let i = 0; i < 19; i++) await device.attendees.find(space, { by: 'nip', nip: `1986092620150510${10 + i}` })
    const last = await device.attendees.find(space, { by: 'nip', nip })
    expect(last).toMatchObject({ failure: { kind: 'tooMany' } })
    device.net.state = 'down'
    const offline = await device.attendees.find(space, { by: 'nip', nip })
    expect(offline).toMatchObject({ failure: { kind: 'offline' } })
  })
})
