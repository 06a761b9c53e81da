import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { keepAnswers } from '../../src/client/db/ballots.ts'
import { forgetAll, readBlockers } from '../../src/client/db/forget.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { listForms, responsesOf, saveForm } from '../../src/client/state/forms.ts'
import { createGoverning } from '../../src/client/sync/governing.ts'
import { setEvent } from '../../src/core/event.ts'
import type { FormRecord } from '../../src/core/form/form.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { fail } from '../../src/core/result.ts'
import { dayMs } from '../../src/core/time.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  createDevice,
  createFacilitator,
  createOrganizer,
  createServer,
  type Device,
  openGate,
  reopen,
} from './world.ts'

let server: Awaited<ReturnType<typeof createServer>>
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let space: string
let session: string
let code: string

beforeAll(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  ;({ space, session } = organizer)
  code = await openGate(organizer.device, space)
})
afterAll(() => server.stop())

/** An anonymous form that the organizer has opened. */
async function openForm(title: string): Promise<FormRecord> {
  const questions = [newQuestion('saran', 'short')]
  const form = { title: { id: title, en: '' }, anonymous: true, open: true }
  const id = await saveForm(organizer.opened, undefined, { form, questions })
  await organizer.device.sync()
  const found = listForms(organizer.opened).find((one) => one.id === id)
  if (!found) throw new Error('no form')
  return found
}

/** A phone whose person has signed in; `random` says how long a ballot waits behind its ticket. */
async function createAttendee(name: string, random = () => 0) {
  const options = { clockErrorMs: 0, random }
  const device = await createDevice(server, name, options)
  await device.attendees.enter(code)
  const { person } = await saveSignIn(await device.open(space), { session, fields: { name }, ink: 'AQID' })
  return { device, person, options }
}

const answer = (device: Device, form: FormRecord, person: string, saran: string) =>
  device.ballots.keep({ space, form, person, answers: { saran } })

/** What the organizer's desk shows once it has read the log. */
async function shownTo(form: FormRecord): Promise<string[]> {
  await organizer.device.sync()
  const row = await organizer.device.db.spaces.get(space)
  await expect.poll(() => organizer.opened.progress.value.seq).toBe(row?.seq)
  return responsesOf(organizer.opened, form)
    .map(({ answers }) => String(answers.saran))
    .sort()
}

describe('answers to an anonymous form', () => {
  test('of five phones arrive once each, over lost answers and without a network', async () => {
    const form = await openForm('Evaluasi lima ponsel')
    const phones = await Promise.all([1, 2, 3, 4, 5].map((i) => createAttendee(`Contoh Kelima ${i}`)))
    for (const [i, { device, person }] of phones.entries()) {
      device.net.state = i < 2 ? 'down' : 'answerLost'
      expect(await answer(device, form, person, `saran ${i}`)).toBe(true)
      await device.sync()
      expect(await countUnsent(device.db)).toBeGreaterThan(0)
    }
    expect(await shownTo(form)).toEqual([])
    for (const { device } of phones) {
      /** Attendance, ticket and ballot are each lost once more on the way back. */
      for (const state of ['up', 'answerLost', 'answerLost', 'up', 'up'] as const) {
        device.net.state = state
        await device.sync()
      }
      expect(await countUnsent(device.db)).toBe(0)
    }
    expect(await shownTo(form)).toEqual([0, 1, 2, 3, 4].map((i) => `saran ${i}`))
  })

  test('leave the person behind with the ticket, and leave at another moment', async () => {
    const form = await openForm('Evaluasi terpisah')
    const { device, person, options } = await createAttendee('Contoh Terpisah', () => 0.5)
    await answer(device, form, person, 'rahasia')
    await device.sync()
    const tickets = await device.db.tickets.toArray()
    const ballots = await device.db.ballots.toArray()
    expect(tickets).toEqual([{ space, form: form.id, person, state: 'given' }])
    expect(ballots).toMatchObject([{ state: 'waiting', answers: { saran: 'rahasia' } }])
    expect(JSON.stringify(ballots)).not.toContain(person)
    expect(await server.store().listBallots(space, form.id)).toEqual([])
    expect((await readBlockers(device.db, space)).unsent).toBe(1)
    expect(await forgetAll(device.db)).toBe(false)
    /** The tab is closed in between; another one opens after the moment. */
    options.clockErrorMs = 3 * 60_000
    await device.sync()
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
    expect((await readBlockers(device.db, space)).unsent).toBe(0)
  })

  test('cannot be tied to a person by whoever reads the server`s database', async () => {
    const form = await openForm('Evaluasi basis data')
    const { device, person } = await createAttendee('Contoh Basis Data')
    await answer(device, form, person, 'tanpa nama')
    await device.sync()
    const [kept] = await device.db.ballots.toArray()
    const waiting = await server.store().listBallots(space, form.id)
    expect(JSON.stringify(waiting)).toContain('tanpa nama')
    for (const known of [person, device.identity.device().dev, 'Contoh Basis Data'])
      expect(JSON.stringify(waiting)).not.toContain(known)
    /** What was shown for the ticket is not in what came with the ballot. */
    const claim = { space, form: form.id, person }
    expect(await server.store().claimTicket({ ...claim, blinded: kept?.nonce ?? '' })).toBe(false)
    expect(await server.store().claimTicket({ ...claim, blinded: kept?.token ?? '' })).toBe(false)
  })

  test('are taken once of each person on a phone, and of a person from one phone only', async () => {
    const form = await openForm('Evaluasi sekali')
    const { device, person } = await createAttendee('Contoh Sekali')
    expect(await answer(device, form, person, 'pertama')).toBe(true)
    expect(await answer(device, form, person, 'kedua')).toBe(false)
    await device.sync()
    expect(await answer(device, form, person, 'ketiga')).toBe(false)
    const helper = await createFacilitator(server, organizer.device, space, 'Fasilitator Contoh', { random: () => 0 })
    expect(await answer(helper, form, person, 'dari tempat lain')).toBe(true)
    await helper.sync()
    expect(await helper.db.tickets.toArray()).toMatchObject([
      { state: 'refused', refusedFor: 'used', held: { answers: { saran: 'dari tempat lain' } } },
    ])
    expect((await readBlockers(helper.db, space)).parked).toBe(1)
    await helper.ballots.release(space)
    expect((await readBlockers(helper.db, space)).parked).toBe(0)
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
  })

  test('of somebody whom the server has not seen there wait, and are not lost', async () => {
    const form = await openForm('Evaluasi menunggu')
    const { device } = await createAttendee('Contoh Menunggu')
    await device.sync()
    const absent = (await device.open(space)).newOwnId()
    await keepAnswers(device.db, {
      space,
      form: form.id,
      person: absent,
      version: form.version,
      answers: { saran: 'nanti' },
      writtenAt: 0,
    })
    await device.sync()
    expect(await countUnsent(device.db)).toBe(1)
  })

  test('wait for no moment of a clock that was put back since', async () => {
    const form = await openForm('Evaluasi jam salah')
    const { device, person, options } = await createAttendee('Contoh Jam', () => 0.5)
    const space = await device.open(organizer.space)
    const [absent, fiftyYears] = [space.newOwnId(), 50 * 365 * dayMs]
    options.clockErrorMs = fiftyYears
    await answer(device, form, person, 'jam maju')
    await answer(device, form, absent, 'belum tercatat')
    await device.sync()
    expect(await device.db.ballots.toArray()).toMatchObject([{ state: 'waiting' }])
    options.clockErrorMs = 0
    await saveSignIn(space, { session, person: absent, fields: { name: 'Contoh Menyusul' }, ink: 'AQID' })
    await device.sync()
    options.clockErrorMs = 3 * 60_000
    await device.sync()
    expect(await server.store().listBallots(organizer.space, form.id)).toHaveLength(2)
    expect(await countUnsent(device.db)).toBe(0)
  })

  /** A phone that has answered on a server which was then put back to a copy of before, as `change` made it. */
  async function answerThatWasLost(name: string, change = '') {
    const form = await openForm(`Evaluasi ${name}`)
    const chance = { random: 0 }
    const { device, person, options } = await createAttendee(`Contoh ${name}`, () => chance.random)
    await device.sync()
    const copy = await server.backup()
    await answer(device, form, person, 'sebelum dipulihkan')
    await device.sync()
    expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
    const file = new Sqlite(join(copy, 'hadir.db'))
    file.exec(`update spaces set epoch = '${newId()}'; ${change}`)
    file.close()
    await server.restore(copy)
    return { device, options, chance, inBox: () => server.store().listBallots(space, form.id) }
  }

  test('[S7] go again to a server that was put back, at another moment than their phone, and count once', async () => {
    const { device, options, chance, inBox } = await answerThatWasLost('Pulih')
    chance.random = 0.5
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await inBox()).toEqual([])
    expect(await countUnsent(device.db)).toBe(1)
    options.clockErrorMs = 3 * 60_000
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await inBox()).toHaveLength(1)
    expect(await countUnsent(device.db)).toBe(0)
  })

  test('[S7] that go again and are refused for good are asked about, and not sent for ever', async () => {
    const { device, options, inBox } = await answerThatWasLost(
      'Kunci Lain',
      `delete from secrets where name = 'tickets'`,
    )
    const ballot = vi.spyOn(device.link, 'ballot')
    for (let round = 0; round < 4; round++) {
      await device.sync()
      options.clockErrorMs += 2 * 60_000
    }
    expect(ballot).toHaveBeenCalledTimes(1)
    expect(await inBox()).toEqual([])
    expect(await readBlockers(device.db, space)).toMatchObject({ unsent: 0, parked: 1 })
    await device.ballots.release(space)
    expect(await readBlockers(device.db, space)).toMatchObject({ unsent: 0, parked: 0 })
  })

  /** Each has answered on a server that is put back to a copy of before, whose log keeps its name. */
  const roles = ['attendee', 'attendee anew', 'facilitator']
  test.each(roles.flatMap((role) => [['more', role] as const, ['nothing', role] as const]))(
    '[S7] go again to a server whose folder was copied back by hand, once %s was written there and an op of the %s is missing',
    async (since, role) => {
      const form = await openForm(`Evaluasi salinan ${role} ${since}`)
      const { device, person } = await createAttendee(`Contoh Salinan ${role}`)
      await device.sync()
      const enrol = () => createFacilitator(server, organizer.device, space, role, { random: () => 0 })
      const hands = role === 'facilitator' ? await enrol() : device
      await hands.sync()
      const copy = await server.backup()
      const fields = { name: `Contoh Kemudian ${role}` }
      await saveSignIn(await hands.open(space), { session, fields, ink: 'AQID' })
      await answer(hands, form, person, 'sesudah salinan')
      await hands.sync()
      expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
      await server.restore(copy)
      expect(await server.store().listBallots(space, form.id)).toEqual([])
      if (since === 'more') await openForm(`Evaluasi kemudian ${role}`)
      const again = role === 'attendee anew' ? await reopen(server, hands, () => 0) : hands
      for (let round = 0; round < 2; round++) await again.sync()
      expect(await server.store().listBallots(space, form.id)).toHaveLength(1)
      expect(await countUnsent(again.db)).toBe(0)
    },
  )

  test('stay where they are when an organizer lets in what was kept aside: nothing was lost', async () => {
    const form = await openForm('Evaluasi yang tidak hilang')
    const { device, person } = await createAttendee('Contoh Tidak Hilang')
    await answer(device, form, person, 'sekali saja')
    await (await device.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await device.db.outbox.toArray()).toMatchObject([{ state: 'parked' }])
    const governing = createGoverning(organizer.device.link)
    const { dev } = device.identity.device()
    const parked = await governing.parked(space, dev)
    if (!parked.ok) throw new Error(parked.failure.kind)
    await governing.decide(space, dev, parked.value, { decision: 'release', reason: 'Benar' })
    const again = await reopen(server, device)
    const ballot = vi.spyOn(again.link, 'ballot')
    for (let round = 0; round < 2; round++) await again.sync()
    expect(await again.db.outbox.count()).toBe(0)
    expect(ballot).not.toHaveBeenCalled()
  })

  test('[S7] stay for a month by the server’s clock, though the one here was put ahead', async () => {
    const form = await openForm('Evaluasi jam maju sebulan')
    const { device, person, options } = await createAttendee('Contoh Sebulan')
    await answer(device, form, person, 'masih di sini')
    await device.sync()
    const kept = () => device.db.ballots.toArray()
    options.clockErrorMs = 31 * dayMs
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await kept()).toMatchObject([{ state: 'sent' }])
    options.clockErrorMs = 0
    for (let round = 0; round < 2; round++) await device.sync()
    expect(await kept()).toMatchObject([{ state: 'sent' }])
    const { now } = server.deps()
    server.deps().now = () => now() + 31 * dayMs
    options.clockErrorMs = 31 * dayMs
    /** An event that takes no more from here keeps what is old in this device no longer. */
    await saveSignIn(await device.open(space), { session, fields: { name: 'Contoh Lebih' }, ink: 'AQID' })
    device.link.push = async () => fail({ kind: 'shareUsed' as const })
    expect((await device.sync()).failure?.kind).toBe('shareUsed')
    server.deps().now = now
    expect(await kept()).toEqual([])
  })
})
