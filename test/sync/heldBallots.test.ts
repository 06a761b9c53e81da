import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readAtRisk } from '../../src/client/db/atRisk.ts'
import { addCarried, type NewCarried } from '../../src/client/db/carried.ts'
import { forgetAll, forgetSpace, readBlockers } from '../../src/client/db/forget.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { readUnsent } from '../../src/client/db/spaces.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { publishVersion, setForm } from '../../src/core/form/form.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { fail } from '../../src/core/result.ts'
import { createDevice, createOrganizer, createServer, type Device, openGate } from './world.ts'

let server: Awaited<ReturnType<typeof createServer>>
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let space: string
let code: string

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  server = await createServer()
  organizer = await createOrganizer(server)
  ;({ space } = organizer)
  code = await openGate(organizer.device, space)
})
afterAll(async () => {
  await server.stop()
  vi.useRealTimers()
})

const newForm = () => ({ id: organizer.opened.newId(), version: organizer.opened.newId() })

/** The organizer's desk opens an anonymous form, and tells the server of it. */
async function openForm({ id, version }: ReturnType<typeof newForm>): Promise<void> {
  const questions = [newQuestion('saran', 'short')]
  const form = setForm(id, { title: { id: 'Evaluasi', en: '' }, anonymous: true, open: true })
  await organizer.opened.commit([form, ...publishVersion({ id: version, form: id, number: 1, questions })])
  await organizer.device.sync()
}

/** A phone whose person has signed in. */
async function createAttendee(name: string) {
  const device = await createDevice(server, name, { clockErrorMs: 0, random: () => 0 })
  await device.attendees.enter(code)
  const opened = await device.open(space)
  const { person } = await saveSignIn(opened, { session: organizer.session, fields: { name }, ink: 'AQID' })
  return { device, person, absent: opened.newOwnId() }
}

const answer = (device: Device, form: ReturnType<typeof newForm>, person: string) =>
  device.ballots.keep({ space, form, person, answers: { saran: 'tertahan' } })

/** A batch of another phone. */
function othersBatch(): NewCarried {
  const named = { space, dev: organizer.opened.newId(), link: organizer.opened.newId(), from: 'file' as const }
  return { ...named, takenAt: 1, v: 1, previous: '', signature: '', ops: [[1, 1, 1, 'body']] }
}

/** Asks, and once more a quarter of an hour later. */
async function askForLong(device: Device): Promise<void> {
  await device.sync()
  vi.setSystemTime(Date.now() + 16 * 60_000)
  await device.sync()
}

/** Not there but to be decided on, and in the way of whoever would lose it. */
async function expectHeld({ db }: Device): Promise<void> {
  expect(await readBlockers(db, space)).toMatchObject({ unsent: 0, parked: 1 })
  expect(await readAtRisk(db)).toMatchObject({ localOnly: 0, parked: 1, parkedIn: space })
  expect((await readUnsent(db)).get(space)).toMatchObject({ count: 0, parked: 1, refusedBallots: 1, heldBallots: 1 })
  expect(await countUnsent(db)).toBe(1)
  expect(await forgetAll(db)).toBe(false)
}

describe('an anonymous answer that the server cannot take yet', () => {
  test('as it does not know the form, is let go of on a person`s word only', async () => {
    const { device, person } = await createAttendee('Contoh Formulir Asing')
    await answer(device, newForm(), person)
    await askForLong(device)
    await expectHeld(device)
    await device.ballots.release(space)
    const ticket = vi.spyOn(device.link, 'ticket')
    await device.sync()
    expect(ticket).not.toHaveBeenCalled()
    expect(await countUnsent(device.db)).toBe(0)
    expect(await readAtRisk(device.db)).toMatchObject({ localOnly: 0, parked: 0 })
    expect(await device.db.tickets.toArray()).toMatchObject([
      { state: 'released', held: { answers: { saran: 'tertahan' } } },
    ])
    expect(await forgetSpace(device.db, { space, title: '' })).toBeUndefined()
  })

  test('waits without a word for a quarter of an hour', async () => {
    const { device, person } = await createAttendee('Contoh Baru Saja')
    await device.ballots.keep({ space, form: newForm(), person, answers: { saran: 'tertahan' } })
    await device.sync()
    expect(await readAtRisk(device.db)).toMatchObject({ localOnly: 1, parked: 0 })
    const ticket = vi.spyOn(device.link, 'ticket')
    await device.sync()
    expect(ticket).not.toHaveBeenCalled()
  })

  test('as it has not seen the person there, says so', async () => {
    const form = newForm()
    await openForm(form)
    const { device, absent } = await createAttendee('Contoh Tidak Tercatat')
    await answer(device, form, absent)
    await askForLong(device)
    await expectHeld(device)
    expect(await device.db.tickets.toArray()).toMatchObject([{ state: 'waiting', heldFor: 'forbidden' }])
  })

  test('goes by itself once it can be taken, and at once on a person`s word', async () => {
    const form = newForm()
    const { device, person } = await createAttendee('Contoh Menyusul')
    await answer(device, form, person)
    await askForLong(device)
    await openForm(form)
    /** Asked a moment ago, the server is left alone for a minute. */
    await device.sync()
    await expectHeld(device)
    await device.ballots.retry(space)
    expect(await readBlockers(device.db, space)).toMatchObject({ unsent: 1, parked: 0 })
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
    expect(await countUnsent(device.db)).toBe(0)
    expect(await readUnsent(device.db)).toEqual(new Map())
  })

  /** What is refused in this event stays refused for days; the network is there. */
  test.each([
    ['own', 'shareUsed'],
    ['own', 'tooLarge'],
    ['carried', 'shareUsed'],
  ] as const)('goes past %s work that stays refused as %s', async (work, kind) => {
    const form = newForm()
    await openForm(form)
    const { device, person } = await createAttendee(`Contoh Tertahan ${work} ${kind}`)
    await device.sync()
    const more = { session: organizer.session, fields: { name: kind }, ink: 'AQID' }
    await (work === 'own' ? saveSignIn(await device.open(space), more) : addCarried(device.db, [othersBatch()]))
    device.link.push = async () => fail({ kind })
    await answer(device, form, person)
    for (let round = 0; round < 2; round++) expect((await device.sync()).failure?.kind).toBe(kind)
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
    expect(await countUnsent(device.db)).toBe(1)
  })

  test('as the server has not got the attendance, waits for that without a word', async () => {
    const form = newForm()
    await openForm(form)
    const { device, person } = await createAttendee('Contoh Belum Sampai')
    const { push } = device.link
    device.link.push = async () => fail({ kind: 'shareUsed' as const })
    await answer(device, form, person)
    await askForLong(device)
    expect(await device.db.tickets.toArray()).toMatchObject([{ state: 'waiting' }])
    expect(await readAtRisk(device.db)).toMatchObject({ parked: 0 })
    device.link.push = push
    vi.setSystemTime(Date.now() + 60_000)
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
  })

  test('with its ticket, as it does not know what was asked, is shown until it goes', async () => {
    const form = newForm()
    const { device, person } = await createAttendee('Contoh Versi Asing')
    await openForm(form)
    await answer(device, form, person)
    const { ballot } = device.link
    device.link.ballot = async (request) => ballot({ ...request, version: newForm().version })
    await askForLong(device)
    await expectHeld(device)
    expect(await device.db.ballots.toArray()).toMatchObject([{ state: 'waiting', heldFor: 'badRequest' }])
    device.link.ballot = ballot
    await device.ballots.retry(space)
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await device.db.ballots.toArray()).toMatchObject([{ state: 'sent' }])
    expect(await readUnsent(device.db)).toEqual(new Map())
  })
})
