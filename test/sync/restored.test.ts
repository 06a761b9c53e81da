import { beforeEach, describe, expect, it } from 'vitest'
import { sentAbove } from '../../src/client/db/sent.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { pushCarried } from '../../src/client/sync/carry.ts'
import { pullSpace } from '../../src/client/sync/pull.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { offerBlindly } from '../../src/client/sync/reoffer.ts'
import { setEvent } from '../../src/core/event.ts'
import { fail } from '../../src/core/result.ts'
import {
  anEvent,
  createDevice,
  createTeam,
  type Device,
  type Organizer,
  openGate,
  reopen,
  type Server,
  serverState,
} from './world.ts'

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

async function walkIn(device: Device, name: string): Promise<string> {
  const fields = { name, nip: '', invited: false }
  return recordWalkIn(await device.open(space), fields, { session: organizer.session, method: 'facilitator' })
}

async function createAttendee(): Promise<Device> {
  const tamu = await createDevice(server, 'Ponsel tamu')
  expect(await tamu.attendees.enter(await openGate(organizer.device, space))).toMatchObject({ ok: true })
  return tamu
}
const signIn = async (tamu: Device) =>
  saveSignIn(await tamu.open(space), { session: organizer.session, fields: { name: 'Citra Contoh' }, ink: 'AQID' })

/** Sends without reading: the author's cursor stays where it was, as when the connection breaks after the push. */
async function pushOnly(device: Device): Promise<void> {
  const { db, link, identity } = device
  const pushed = pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, space)
  expect(await pushed).toBeUndefined()
}

const statesOf = async ({ db }: Device) => {
  const waiting = (await db.outbox.toArray()).filter((row) => row.space === space)
  return [...(await sentAbove(db, space, 0)), ...waiting].map(({ state }) => state)
}

describe('[S7] a server put back without a new epoch', () => {
  it('that knows the author’s cursor, but not her acknowledged op, is offered it again', async () => {
    await siti.sync()
    const copy = await server.backup()
    const lost = await walkIn(siti, 'Budi Contoh')
    await pushOnly(siti)
    expect(await statesOf(siti)).toEqual(['sent'])
    await server.restore(copy)
    for (let round = 0; round < 2; round++) await siti.sync()
    expect(await serverState(server, space)).toContain(lost)
    expect(await siti.state(space)).toBe(await serverState(server, space))
  })

  it('and went on under the same numbers is offered it again', async () => {
    await siti.sync()
    const copy = await server.backup()
    const lost = await walkIn(siti, 'Budi Contoh')
    await pushOnly(siti)
    await server.restore(copy)
    for (const name of ['Ani Contoh', 'Citra Contoh']) await walkIn(rahmat, name)
    await rahmat.sync()
    for (let round = 0; round < 2; round++) await siti.sync()
    expect(await serverState(server, space)).toContain(lost)
    expect(await siti.state(space)).toBe(await serverState(server, space))
    await siti.sync()
    const before = siti.net.calls
    await siti.sync()
    expect(siti.net.calls - before).toBe(1)
  })

  it('has again in its quarantine what waits for a look on its author’s device', async () => {
    await siti.sync()
    const copy = await server.backup()
    await (await siti.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
    await walkIn(siti, 'Budi Contoh')
    await siti.sync()
    await server.restore(copy)
    for (let round = 0; round < 2; round++) await siti.sync()
    expect(await server.store().countParked(space)).toBe(1)
    expect(await statesOf(siti)).toEqual(['sent', 'parked'])
  })

  it('and took another op of the same author in its place is offered it again', async () => {
    await siti.sync()
    const copy = await server.backup()
    const lost = await walkIn(siti, 'Budi Contoh')
    await pushOnly(siti)
    await server.restore(copy)
    const kept = await walkIn(siti, 'Ani Contoh')
    for (let round = 0; round < 2; round++) await siti.sync()
    for (const person of [lost, kept]) expect(await serverState(server, space)).toContain(person)
    expect(await siti.state(space)).toBe(await serverState(server, space))
  })

  it.each([0, 2])(
    'is offered again what was carried to it for a dead phone, its log having grown by %i',
    async (grown) => {
      siti.net.state = 'down'
      const lost = await walkIn(siti, 'Budi Contoh')
      const made = await siti.rescue.make()
      await rahmat.sync()
      const copy = await server.backup()
      await rahmat.rescue.read(new Blob([made?.text ?? '']))
      const { db, link, sync } = rahmat
      expect(await pushCarried(db, link, space)).toBeUndefined()
      expect(await serverState(server, space)).toContain(lost)
      await server.restore(copy)
      for (let i = 0; i < grown; i++) await walkIn(organizer.device, `Peserta Contoh ${i}`)
      await organizer.device.sync()
      for (let round = 0; round < 3; round++) await sync()
      expect(await serverState(server, space)).toContain(lost)
      expect(await db.carried.count()).toBe(0)
      expect(await rahmat.state(space)).toBe(await serverState(server, space))
    },
  )

  it('and never knew an event that its organizer has not read back gets it again', async () => {
    const copy = await server.backup()
    const { db, link, identity, spaces, sync } = organizer.device
    const made = await spaces.createEvent(anEvent, [])
    await pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, made)
    await server.restore(copy)
    for (let round = 0; round < 3; round++) await sync()
    expect(await serverState(server, made)).toContain('Sosialisasi Contoh')
  })
})

it('[S2] a server that cannot take back now what it has lost is read on, and takes it back later', async () => {
  await siti.sync()
  const copy = await server.backup()
  const lost = await walkIn(siti, 'Budi Contoh')
  await siti.sync()
  await rahmat.sync()
  await server.restore(copy)
  const added = await walkIn(organizer.device, 'Ani Contoh')
  await organizer.device.sync()
  const { db, link } = rahmat
  const failing = { ...link, recover: async () => fail({ kind: 'serverError' as const }) }
  expect(await pullSpace(db, failing, space)).toEqual({ kind: 'serverError' })
  expect(await db.lostPages.count()).toBeGreaterThan(0)
  expect(await rahmat.state(space)).toContain(added)
  expect(await rahmat.state(space)).not.toContain(lost)
  await rahmat.sync()
  expect(await db.lostPages.count()).toBe(0)
  expect(await serverState(server, space)).toContain(lost)
  expect(await rahmat.state(space)).toBe(await serverState(server, space))
})

it('[S7] an attendee’s phone, which cannot see what was lost, offers all of it again when it is opened', async () => {
  const tamu = await createAttendee()
  const copy = await server.backup()
  const { person } = await signIn(tamu)
  await pushOnly(tamu)
  await server.restore(copy)
  expect(await serverState(server, space)).not.toContain(person)
  const { db, link, identity, net } = await reopen(server, tamu)
  const pushing = { db, link, renewDevice: identity.renew, wall: Date.now }
  net.state = 'down'
  expect(await offerBlindly(pushing, space)).toEqual({ kind: 'offline' })
  net.state = 'up'
  expect(await offerBlindly(pushing, space)).toBeUndefined()
  expect(await serverState(server, space)).toContain(person)
  const { calls } = net
  expect(await offerBlindly(pushing, space)).toBeUndefined()
  expect(net.calls).toBe(calls)
})

async function revoke(device: Device): Promise<void> {
  const grants = server.store().accounts.db.updateTable('grants').set({ revoked: Date.now() })
  await grants.where('subject', '=', `device:${device.identity.device().dev}`).execute()
}

/** As if this device had sent all that the quarantine takes of one. */
async function fillQuarantine(device: Device): Promise<void> {
  const { dev } = device.identity.device()
  const nothing = { link: 'penuh', v: 1, wall: 0, claimed: 0, received: 0, reason: 'notAllowed' as const }
  const row = { space, dev, n: 9_000, ...nothing, body: Buffer.alloc(67_108_864) }
  await server.store().accounts.db.insertInto('parked').values(row).execute()
}
const emptyQuarantine = () => server.store().accounts.db.deleteFrom('parked').where('n', '=', 9_000).execute()

describe('[S11] a device that may not read any more', () => {
  it('and has not heard of a restore offers what it had sent into quarantine, once the app is opened', async () => {
    await siti.sync()
    const copy = await server.backup()
    await walkIn(siti, 'Budi Contoh')
    await pushOnly(siti)
    await server.restore(copy)
    await revoke(siti)
    const again = await reopen(server, siti)
    await again.sync()
    expect(await server.store().countParked(space)).toBe(1)
    expect(await again.db.spaces.get(space)).toBeUndefined()
    again.engine.stop()
  })

  it('offers also what had been parked, and notes what the server says of each now', async () => {
    await siti.sync()
    const copy = await server.backup()
    await (await siti.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
    await walkIn(siti, 'Budi Contoh')
    await pushOnly(siti)
    expect(await statesOf(siti)).toEqual(['sent', 'parked'])
    await server.restore(copy)
    await revoke(siti)
    const { db, link, identity, net } = siti
    await db.spaces.update(space, { revoked: true })
    const offering = { db, link, renewDevice: identity.renew, wall: Date.now }
    net.state = 'down'
    expect(await offerBlindly(offering, space)).toEqual({ kind: 'offline' })
    net.state = 'up'
    expect(await offerBlindly(offering, space)).toBeUndefined()
    expect(await server.store().countParked(space)).toBe(2)
    expect(await statesOf(siti)).toEqual(['parked', 'parked'])
  })

  it.each(['team', 'attendee'])('keeps its copy (%s) until the quarantine has taken what was lost', async (role) => {
    const phone = role === 'team' ? siti : await createAttendee()
    await phone.sync()
    const copy = await server.backup()
    await (phone === siti ? walkIn(siti, 'Budi Contoh') : signIn(phone))
    await pushOnly(phone)
    await server.restore(copy)
    await revoke(phone)
    await fillQuarantine(phone)
    const again = await reopen(server, phone)
    await again.sync()
    again.engine.stop()
    expect(await sentAbove(again.db, space, 0)).toHaveLength(1)
    await emptyQuarantine()
    const later = await reopen(server, phone)
    await later.sync()
    later.engine.stop()
    expect(await server.store().countParked(space)).toBe(1)
    expect(await later.db.spaces.get(space)).toBeUndefined()
  })

  it('changes nothing when the server has lost nothing', async () => {
    await walkIn(siti, 'Budi Contoh')
    await siti.sync()
    /** Of what it sent under an older key it speaks no more. */
    expect(await siti.identity.renew(siti.identity.device())).toMatchObject({ ok: true })
    await walkIn(siti, 'Citra Contoh')
    await siti.sync()
    const before = await serverState(server, space)
    await revoke(siti)
    const again = await reopen(server, siti)
    await again.sync()
    expect(await server.store().countParked(space)).toBe(0)
    expect(await serverState(server, space)).toBe(before)
    expect(await again.db.spaces.get(space)).toBeUndefined()
    again.engine.stop()
  })
})

it('[S11] a full quarantine says when to try again; nothing is lost on the phone, and it goes in once there is room', async () => {
  await siti.sync()
  await revoke(siti)
  await fillQuarantine(siti)
  await walkIn(siti, 'Budi Contoh')
  const { link, identity } = siti
  const pushing = { db: siti.db, link, renewDevice: identity.renew, wall: Date.now }
  expect(await pushSpace(pushing, space)).toEqual({ kind: 'tooMany', retryAfterMs: 60_000 })
  expect(await statesOf(siti)).toEqual(['local'])
  expect(await server.store().countParked(space)).toBe(1)
  await emptyQuarantine()
  expect(await pushSpace(pushing, space)).toBeUndefined()
  expect(await statesOf(siti)).toEqual(['parked'])
  expect(await server.store().countParked(space)).toBe(1)
})
