import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readForgotten } from '../../src/client/db/forget.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { createGoverning } from '../../src/client/sync/governing.ts'
import { setEvent } from '../../src/core/event.ts'
import {
  createDevice,
  createFacilitator,
  createTeam,
  type Device,
  type Organizer,
  openGate,
  type Server,
  serverState,
} from './world.ts'

let server: Server
let organizer: Organizer
let siti: Device
let devices: Device[]
let stop: () => Promise<void>

beforeEach(async () => {
  ;({ server, organizer, siti, devices, stop } = await createTeam())
})
afterEach(() => stop())

const note = { at: 1, space: '*', account: null, dev: null, about: null, reason: 'Uji', detail: {} }
const end = (device: Device) => {
  const subject = `device:${device.identity.device().dev}` as const
  const right = { space: organizer.space, subject, role: null, now: Date.now() }
  return server.store().changeRight(right, { ...note, kind: 'grantEnded' })
}
const revoke = (device: Device) =>
  server.store().revokeDevice(device.identity.device().dev, Date.now(), { ...note, kind: 'deviceRevoked' })
const record = async (device: Device, id: string, name: string) =>
  savePerson(await device.open(organizer.space), id.repeat(22).slice(0, 22), { name, invited: true })

/** The first contact tells that something is refused, the second asks why; between them lies a second or so. */
async function reach(device: Device): Promise<void> {
  device.net.state = 'up'
  await device.sync()
  await device.sync()
}

/** Everything that a device holds of events. */
async function heldBy({ db }: Device): Promise<number> {
  const tables = [db.spaces, db.pages, db.lostPages, db.outbox, db.carried, db.tickets, db.ballots, db.drafts]
  return (await Promise.all(tables.map((table) => table.count()))).reduce((sum, count) => sum + count, 0)
}
const toldTo = async ({ db }: Device) => {
  const row = await db.meta.get('ended')
  return row?.key === 'ended' ? row.ended : []
}

describe('[S11] a device whose right was taken while it was away', () => {
  it('hands its unsent work over, then erases its copy of the event, and says so', async () => {
    await record(siti, 'A', 'Ani Contoh')
    await siti.sync()
    siti.net.state = 'down'
    await record(siti, 'B', 'Budi Contoh')
    await siti.db.drafts.put({ key: `walkIn:${organizer.space}:S`, value: {}, savedAt: 1 })
    await siti.db.meta.put({
      ...{ key: 'kiosk', space: organizer.space, session: 'S', hash: '', salt: '' },
      ...{ tries: 0, lockedUntil: 0, challenge: '' },
    })
    expect(await end(siti)).toBe('done')
    await reach(siti)
    expect(await heldBy(siti)).toBe(0)
    expect(await siti.db.meta.get('kiosk')).toBeUndefined()
    expect(await toldTo(siti)).toMatchObject([{ space: organizer.space, title: 'Sosialisasi Contoh', handedOver: 1 }])
    expect(await readForgotten(siti.db)).toEqual([])
    expect(await server.store().countParked(organizer.space)).toBe(1)
    const log = await serverState(server, organizer.space)
    expect([log.includes('Ani Contoh'), log.includes('Budi Contoh')]).toEqual([true, false])
    await expect((async () => record(siti, 'C', 'Citra'))()).rejects.toThrow()
  })

  it('keeps what the server did not acknowledge, however often it asks, and erases it once it has', async () => {
    siti.net.state = 'down'
    await record(siti, 'B', 'Budi Contoh')
    await end(siti)
    for (const state of ['answerLost', 'portal', 'down'] as const) {
      siti.net.state = state
      await siti.sync()
      expect(await siti.db.outbox.where('state').equals('local').count()).toBeGreaterThan(0)
      expect(await siti.db.spaces.count()).toBe(1)
    }
    await reach(siti)
    expect([await heldBy(siti), await server.store().countParked(organizer.space)]).toEqual([0, 1])
  })

  it('hands over also what it carries for others', async () => {
    const budi = await createFacilitator(server, organizer.device, organizer.space, 'Budi')
    devices.push(budi)
    budi.net.state = siti.net.state = 'down'
    await record(budi, 'D', 'Dewi Contoh')
    const made = await budi.rescue.make(organizer.space)
    expect((await siti.rescue.read(new Blob([made?.text ?? '']))).ok).toBe(true)
    await end(siti)
    await reach(siti)
    expect(await heldBy(siti)).toBe(0)
    expect(await serverState(server, organizer.space)).toContain('Dewi Contoh')
  })

  it('keeps an event that the server merely does not list', async () => {
    await siti.sync()
    await server.store().putGrant({
      ...{
        space: organizer.space,
        subject: `device:${siti.identity.device().dev}` as const,
        role: 'facilitator' as const,
      },
      ...{ createdAt: 1, revokedAt: null, expiresAt: 2 },
    })
    await siti.sync()
    siti.engine.trigger('person')
    await siti.sync()
    expect((await siti.db.spaces.get(organizer.space))?.revoked).toBe(true)
    expect(await toldTo(siti)).toEqual([])
  })
})

describe('[S11] a device that was revoked as a whole', () => {
  it('hands over, erases everything with its key, and is let in again as a new device only', async () => {
    const before = siti.identity.device().dev
    siti.net.state = 'down'
    await record(siti, 'B', 'Budi Contoh')
    await revoke(siti)
    await reach(siti)
    expect(await heldBy(siti)).toBe(0)
    expect((await toldTo(siti)).map(({ space, handedOver }) => [space, handedOver])).toEqual([
      [organizer.space, 1],
      ['', 0],
    ])
    expect(await server.store().countParked(organizer.space)).toBe(1)
    expect(siti.identity.device().dev).not.toBe(before)
    expect(siti.identity.known().enrolled).toBe(false)
    await siti.sync()
    expect(await heldBy(siti)).toBe(0)
    const invite = await organizer.device.account.invite(organizer.space, 'viewer')
    if (!invite.ok) throw new Error(invite.failure.kind)
    expect((await siti.account.join({ code: invite.value.code, holder: 'Siti' })).ok).toBe(true)
    expect(await siti.state(organizer.space)).toBe(await serverState(server, organizer.space))
  })

  it('keeps what was refused and is nowhere else until a person has let go of it', async () => {
    const before = siti.identity.device().dev
    const [space, nonce] = ['L'.repeat(22), 'N'.repeat(43)]
    await siti.db.spaces.put({ ...newSpaceRow(space, 'facilitator'), revoked: true })
    const answered = { space, form: 'F', version: 'V', token: '', answers: {}, sendAt: 0 }
    await siti.db.ballots.put({ ...answered, nonce, state: 'refused' })
    await revoke(siti)
    await reach(siti)
    expect([siti.identity.device().dev, await siti.db.ballots.count()]).toEqual([before, 1])
    await siti.db.ballots.update(nonce, { state: 'released' })
    await reach(siti)
    expect(siti.identity.device().dev).not.toBe(before)
    expect(await heldBy(siti)).toBe(0)
  })

  it("an attendee's phone does the same", async () => {
    const code = await openGate(organizer.device, organizer.space)
    const rina = await createDevice(server, 'Rina')
    devices.push(rina)
    const entered = await rina.attendees.enter(code)
    expect(entered.ok).toBe(true)
    await rina.sync()
    expect(await heldBy(rina)).toBeGreaterThan(0)
    await revoke(rina)
    rina.engine.trigger('person')
    await rina.sync()
    expect(await heldBy(rina)).toBe(0)
  })
})

describe('[S11] what is kept in quarantine', () => {
  const audited = async () =>
    (await server.store().audit.read({ space: organizer.space, most: 50 })).map(({ kind, reason, detail }) => [
      kind,
      reason,
      detail.ops,
    ])
  const reason = 'Diperiksa dengan daftar kertas'

  it('is let into the log once, as its author’s and no later than it came, and folded by all', async () => {
    const author = siti.identity.device().dev
    siti.net.state = 'down'
    await record(siti, 'B', 'Budi Contoh')
    await end(siti)
    await reach(siti)
    const { space } = organizer
    const governing = createGoverning(organizer.device.link)
    const listed = await governing.quarantine(space)
    expect(listed.ok && listed.value.devices).toMatchObject([{ dev: author, holder: 'Siti', waiting: 1, kept: 0 }])
    const parked = await governing.parked(space, author)
    if (!parked.ok) throw new Error(parked.failure.kind)
    expect(parked.value).toMatchObject([{ reason: 'notAllowed', keptAt: null }])
    expect(parked.value[0]?.body).toContain('Budi Contoh')
    const release = () => governing.decide(space, author, parked.value, { decision: 'release', reason })
    expect([await release(), await release()].map((answer) => answer.ok && answer.value)).toEqual([1, 0])
    const page = await server.store().readPage(space, undefined, { maxOps: 1000, maxBytes: 1e8 })
    const entered = page?.state === 'page' ? page.ops.filter(({ body }) => body.includes('Budi Contoh')) : []
    expect(entered.map(({ dev }) => dev)).toEqual([author])
    expect(entered[0]?.at).toBeLessThanOrEqual(parked.value[0]?.receivedAt ?? 0)
    await organizer.device.sync()
    expect(await organizer.device.state(space)).toBe(await serverState(server, space))
    expect(await server.store().countParked(space)).toBe(0)
    expect((await audited())[0]).toEqual(['released', reason, 1])
  })

  it('is kept out with a reason, no more waits, and can still be let in', async () => {
    await record(siti, 'A', 'Ani Contoh')
    await end(siti)
    await reach(siti)
    const { space } = organizer
    const [dev] = (await server.store().sumParked(space)).map((sum) => sum.dev)
    const governing = createGoverning(organizer.device.link)
    const parked = await governing.parked(space, dev ?? '')
    if (!parked.ok) throw new Error(parked.failure.kind)
    const keep = () => governing.decide(space, dev ?? '', parked.value, { decision: 'keep', reason })
    expect([await keep(), await keep()].map((answer) => answer.ok && answer.value)).toEqual([1, 0])
    expect(await server.store().countParked(space)).toBe(0)
    expect(await serverState(server, space)).not.toContain('Ani Contoh')
    expect((await audited())[0]).toEqual(['keptAside', reason, 1])
    await governing.decide(space, dev ?? '', parked.value, { decision: 'release', reason })
    expect(await serverState(server, space)).toContain('Ani Contoh')
  })

  it('its author’s own device hears that it was let in', async () => {
    const { space } = organizer
    const opened = await siti.open(space)
    await opened.commit([setEvent(space, { venue: 'Balai Contoh' })])
    await siti.sync()
    expect(await siti.db.outbox.where({ state: 'parked', space }).count()).toBe(1)
    const governing = createGoverning(organizer.device.link)
    const dev = siti.identity.device().dev
    const parked = await governing.parked(space, dev)
    if (!parked.ok) throw new Error(parked.failure.kind)
    await governing.decide(space, dev, parked.value, { decision: 'release', reason })
    await siti.sync()
    expect(await siti.db.outbox.where({ state: 'parked', space }).count()).toBe(0)
    expect(opened.event.value?.venue).toBe('Balai Contoh')
    expect(await siti.state(space)).toBe(await serverState(server, space))
  })
})
