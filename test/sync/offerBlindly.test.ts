import { Dexie } from 'dexie'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readUnhanded } from '../../src/client/db/ended.ts'
import { retryParked } from '../../src/client/db/parked.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { pushCarried } from '../../src/client/sync/carry.ts'
import { createGoverning } from '../../src/client/sync/governing.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { offerBlindly } from '../../src/client/sync/reoffer.ts'
import { setEvent } from '../../src/core/event.ts'
import { fail } from '../../src/core/result.ts'
import { createDevice, createTeam, type Device, type Organizer, openGate, type Server, serverState } from './world.ts'

let server: Server
let organizer: Organizer
let space: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ server, organizer, space, siti, rahmat } = team)
  return team.stop
})

/** Offers what a device has sent over a line that breaks behind the first answer; how many pushes left, and how it ended. */
async function offerOverBadLine({ db, link, identity }: Device) {
  let pushes = 0
  const push: Link['push'] = async (...of) => (++pushes > 1 ? fail({ kind: 'offline' }) : link.push(...of))
  const parts = { db, link: { ...link, push }, renewDevice: identity.renew, wall: Date.now }
  return { failure: await offerBlindly(parts, space), pushes }
}

/** The app is opened anew: over the same database and cookies, and nothing else is left of the tab. */
async function reopen(device: Device): Promise<Device> {
  device.engine.stop()
  const { db, cookies } = device
  const again = await createDevice(server, device.name, { copyOf: { row: device.identity.device(), cookies } })
  for (const table of db.tables) await again.db.table(table.name).bulkPut(await table.toArray())
  return again
}

async function signInFive(phone: Device): Promise<string[]> {
  const people: string[] = []
  for (let i = 1; i <= 5; i++) {
    const fields = { name: `Peserta Contoh ${i}` }
    const signIn = { session: organizer.session, fields, ink: 'A'.repeat(120_000) }
    people.push((await saveSignIn(await phone.open(space), signIn)).person)
  }
  return people
}

/** A guest's phone from which three pushes' worth of people signed in, on a server that was put back since. */
async function createForgotten() {
  const tamu = await createDevice(server, 'Ponsel tamu')
  expect(await tamu.attendees.enter(await openGate(organizer.device, space))).toMatchObject({ ok: true })
  const copy = await server.backup()
  const people = await signInFive(tamu)
  const { db, link, identity } = tamu
  expect(await pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, space)).toBeUndefined()
  await server.restore(copy)
  return { tamu: await reopen(tamu), people }
}

const known = async (people: string[]) => {
  const state = await serverState(server, space)
  return people.filter((person) => state.includes(person)).length
}

describe('[S7] what is offered blindly over a line that breaks each time', () => {
  it('goes on where it was cut off', async () => {
    const { tamu, people } = await createForgotten()
    const ends = []
    for (let attempt = 0; attempt < 4; attempt++) ends.push(await offerOverBadLine(tamu))
    const cut = { failure: { kind: 'offline' }, pushes: 2 }
    expect(ends).toEqual([cut, cut, { pushes: 1 }, { pushes: 0 }])
    expect(await known(people)).toBe(5)
  })

  it('comes to its end though the app is killed each time as well', async () => {
    const { tamu, people } = await createForgotten()
    let again = tamu
    const reached = []
    for (let opening = 0; opening < 3; opening++) {
      expect((await offerOverBadLine(again)).failure).toEqual({ kind: 'offline' })
      reached.push(await known(people))
      again = await reopen(again)
    }
    expect(reached).toEqual([2, 4, 5])
  })

  it('begins anew for a copy that is to be erased', async () => {
    const { tamu, people } = await createForgotten()
    const empty = await server.backup()
    for (let attempt = 0; attempt < 3; attempt++) await offerOverBadLine(tamu)
    expect(await known(people)).toBe(5)
    await server.restore(empty)
    expect(await offerOverBadLine(tamu)).toEqual({ pushes: 0 })
    await tamu.db.spaces.update(space, { revoked: true, ended: true })
    for (let attempt = 0; attempt < 3; attempt++) await offerOverBadLine(tamu)
    expect(await known(people)).toBe(5)
  })

  it('is preceded by a look where ballots were sent, which costs nobody else a call', async () => {
    const { tamu } = await createForgotten()
    const views = async (device: Device) => {
      const view = vi.spyOn(device.link, 'view')
      await device.sync()
      return view.mock.calls.length
    }
    expect(await views(tamu)).toBe(1)
    const ballot = { nonce: 'n', space, form: 'f', version: 'v', token: 't', answers: {}, sendAt: 1, sentIn: '' }
    await tamu.db.ballots.put({ ...ballot, state: 'sent' })
    expect(await views(await reopen(tamu))).toBe(2)
  })

  it('lets no ballot go again for what was let in while it was cut off', async () => {
    const tamu = await createDevice(server, 'Ponsel tamu')
    /** No round of its own runs beside those of this test. */
    tamu.engine.stop()
    await tamu.attendees.enter(await openGate(organizer.device, space))
    const opened = await tamu.open(space)
    await signInFive(tamu)
    await opened.commit([setEvent(space, { venue: 'Balai Contoh' })])
    const { db, link, identity } = tamu
    const pushing = { db, link, renewDevice: identity.renew, wall: Date.now }
    await pushSpace(pushing, space)
    expect(await offerOverBadLine(tamu)).toMatchObject({ pushes: 2 })
    const governing = createGoverning(organizer.device.link)
    const { dev } = identity.device()
    const parked = await governing.parked(space, dev)
    if (!parked.ok) throw new Error(parked.failure.kind)
    await governing.decide(space, dev, parked.value, { decision: 'release', reason: 'Benar' })
    await retryParked(db, space)
    await pushSpace(pushing, space)
    expect(await db.outbox.count()).toBe(0)
    const ballot = { nonce: 'n', space, form: 'f', version: 'v', token: 't', answers: {}, sendAt: 1, sentIn: '' }
    await db.ballots.put({ ...ballot, state: 'sent' })
    const ends = []
    for (let attempt = 0; attempt < 3; attempt++) ends.push(await offerOverBadLine(tamu))
    expect(ends.at(-1)).toEqual({ pushes: 0 })
    expect(await db.ballots.toArray()).toMatchObject([{ state: 'sent' }])
  })

  /** Rahmat brought what others wrote to a server that was put back since; he may not read there any more. */
  async function createLostCarrier() {
    const lost: string[] = []
    await rahmat.sync()
    const copy = await server.backup()
    for (const phone of [siti, organizer.device]) {
      const fields = { name: `Titipan ${phone.name}`, nip: '', invited: false }
      lost.push(
        await recordWalkIn(await phone.open(space), fields, { session: organizer.session, method: 'facilitator' }),
      )
      await rahmat.rescue.read(new Blob([(await phone.rescue.make())?.text ?? '']))
    }
    expect(await pushCarried(rahmat.db, rahmat.link, space)).toBeUndefined()
    await server.restore(copy)
    await rahmat.db.spaces.update(space, { revoked: true })
    return lost
  }

  it('delivers once more what it carries for others, each batch once', async () => {
    const lost = await createLostCarrier()
    expect((await offerOverBadLine(rahmat)).failure).toEqual({ kind: 'offline' })
    expect(await known(lost)).toBe(1)
    expect(await offerOverBadLine(rahmat)).toEqual({ pushes: 1 })
    expect(await known(lost)).toBe(2)
  })

  it('[S10] asks again for a word on what it carries that a full disk did not take', async () => {
    await createLostCarrier()
    const { db, link } = rahmat
    await db.spaces.update(space, { ended: true })
    const refuse: Link['push'] = async () => fail({ kind: 'unknownAuthor' })
    const parts = { db, link: { ...link, push: refuse }, renewDevice: rahmat.identity.renew, wall: Date.now }
    const full = vi.spyOn(db.carried, 'put').mockRejectedValueOnce(new Dexie.QuotaExceededError())
    await expect(offerBlindly(parts, space)).rejects.toThrow(Dexie.QuotaExceededError)
    full.mockRestore()
    await offerBlindly(parts, space)
    expect((await readUnhanded(db, space)).refused).toBe(2)
  })
})
