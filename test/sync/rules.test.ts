import { beforeEach, describe, expect, it } from 'vitest'
import { commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import { recordAttendance, recordWalkIn, undoAttendance } from '../../src/client/state/attendance.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { fromBase64Url, toBase64Url } from '../../src/core/bytes.ts'
import { chainStart, logLink } from '../../src/core/op.ts'
import {
  anEvent,
  createDevice,
  createFacilitator,
  createTeam,
  type Device,
  type Organizer,
  type Server,
  serverState,
} from './world.ts'

const nip = '198609262015051001'
const budi = { name: 'Budi Contoh', nip, institution: 'Bappeda', invited: true }

let server: Server
let organizer: Organizer
let space: string
let session: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ server, organizer, space, session, siti, rahmat } = team)
  return team.stop
})

async function syncAll(...devices: Device[]) {
  for (let round = 0; round < 2; round++) for (const device of devices) await device.sync()
}

async function expectConverged(...devices: Device[]) {
  const expected = await serverState(server, space)
  for (const device of devices) expect(await device.state(space)).toBe(expected)
}

/** The whole log, but for when each op reached this server. */
async function readLog() {
  const page = await server.store().readPage(space, undefined, { maxOps: 1_000, maxBytes: 1_000_000 })
  return page?.state === 'page' && { ...page, ops: page.ops.map(({ received: _, ...op }) => op) }
}

const present = async (device: Device) => {
  const opened = await device.open(space)
  const row = await device.db.spaces.get(space)
  await expect.poll(() => opened.progress.value.seq).toBe(row?.seq)
  return [...(opened.attendance.value.get(session)?.values() ?? [])]
}

describe('two phones without a network', () => {
  it('one person checked in on both is one attendance of two facts', async () => {
    const id = 'AAAAAAAAAAAAAAAAAAAAAA'
    await savePerson(organizer.opened, id, { name: 'Ani Contoh', invited: true })
    await syncAll(organizer.device, siti, rahmat)
    siti.net.state = 'down'
    rahmat.net.state = 'down'
    await recordAttendance(await siti.open(space), { person: id, session, method: 'facilitator', ink: 'AA' })
    await recordAttendance(await rahmat.open(space), {
      person: id,
      session,
      method: 'facilitator',
      unsignedReason: 'x',
    })
    siti.net.state = 'up'
    rahmat.net.state = 'up'
    await syncAll(siti, rahmat, organizer.device)
    await expectConverged(siti, rahmat, organizer.device)
    const attendances = await present(organizer.device)
    expect(attendances.map(({ person, facts }) => [person, facts.length])).toEqual([[id, 2]])
  })

  it('the same NIP added as a walk-in on both is one person', async () => {
    siti.net.state = 'down'
    rahmat.net.state = 'down'
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator', ink: 'AA' })
    await recordWalkIn(await rahmat.open(space), { ...budi, position: 'Kepala' }, { session, method: 'facilitator' })
    siti.net.state = 'up'
    rahmat.net.state = 'up'
    await syncAll(siti, rahmat, organizer.device)
    await expectConverged(siti, rahmat, organizer.device)
    expect(await present(organizer.device)).toHaveLength(1)
    const people = [...organizer.opened.people.value.values()]
    expect(people.map(({ nip, position }) => [nip, position])).toEqual([[nip, 'Kepala']])
  })

  it('a check-in that the author of an undo had not seen survives it', async () => {
    const person = await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    siti.net.state = 'down'
    rahmat.net.state = 'down'
    const [seen] = await present(siti)
    if (!seen) throw new Error('Siti has no attendance')
    await undoAttendance(await siti.open(space), seen, 'Salah catat')
    await recordAttendance(await rahmat.open(space), { person, session, method: 'facilitator', ink: 'AA' })
    siti.net.state = 'up'
    rahmat.net.state = 'up'
    await syncAll(siti, rahmat, organizer.device)
    await expectConverged(siti, rahmat, organizer.device)
    expect((await present(siti)).map(({ ink }) => ink)).toEqual(['AA'])
  })
})

describe('the rules', () => {
  it('[S3] a push whose answer was lost is repeated and changes nothing', async () => {
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    siti.net.state = 'answerLost'
    expect((await siti.sync()).failure?.kind).toBe('offline')
    const after = await serverState(server, space)
    expect(await outboxRows(siti.db, space, 'local')).toHaveLength(1)
    siti.net.state = 'up'
    expect((await siti.sync()).failure).toBeUndefined()
    expect(await outboxRows(siti.db, space, 'local')).toHaveLength(0)
    expect(await serverState(server, space)).toBe(after)
  })

  it('[S4] an op that the role may not make is parked and shown, and blocks nothing', async () => {
    const opened = await siti.open(space)
    await opened.commit([{ type: 'set', kind: 'event', id: space, fields: { title: 'Diubah' } }])
    await recordWalkIn(opened, budi, { session, method: 'facilitator' })
    await syncAll(siti, organizer.device)
    expect((await outboxRows(siti.db, space, 'parked')).map(({ n, parkedFor }) => [n, parkedFor])).toEqual([
      [1, 'notAllowed'],
    ])
    await expect.poll(() => opened.event.value?.title).toBe('Sosialisasi Contoh')
    expect(await present(organizer.device)).toHaveLength(1)
    await expectConverged(siti, organizer.device)
  })

  it('[S7] what a restored server lost is offered again', async () => {
    const copy = await server.backup()
    const person = await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    await server.restore(copy)
    expect(await serverState(server, space)).not.toContain(person)
    await syncAll(siti, rahmat, organizer.device)
    expect(await serverState(server, space)).toContain(person)
    await expectConverged(siti, rahmat, organizer.device)
  })

  it('[S7] what others wrote is brought back by who read it, also when its author is gone', async () => {
    await syncAll(siti, rahmat)
    const copy = await server.backup()
    const person = await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    const before = await readLog()
    await server.restore(copy)
    siti.net.state = 'down'
    await syncAll(rahmat, organizer.device)
    expect(await serverState(server, space)).toContain(person)
    /** Nothing was added in between, so the log is the same again, number by number; it was received anew. */
    expect(await readLog()).toEqual(before)
    siti.net.state = 'up'
    await syncAll(siti, rahmat)
    await expectConverged(siti, rahmat, organizer.device)
    expect(await present(siti)).toHaveLength(1)
  })

  it('[S7] what was added to a restored log stays beside what is brought back', async () => {
    const copy = await server.backup()
    const lost = await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    await server.restore(copy)
    siti.net.state = 'down'
    const added = await recordWalkIn(
      await rahmat.open(space),
      { name: 'Citra Contoh', nip: '' },
      {
        session,
        method: 'facilitator',
      },
    )
    await syncAll(organizer.device, rahmat)
    siti.net.state = 'up'
    await syncAll(siti, rahmat, organizer.device)
    for (const id of [lost, added]) expect(await serverState(server, space)).toContain(id)
    await expectConverged(siti, rahmat, organizer.device)
  })

  it('[S7] the server takes nothing back that it never said', async () => {
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    const page = await siti.db.pages.toCollection().last()
    if (!page) throw new Error('Siti has read nothing')
    /** All of it fits, but for the server's word, which was about the log before. */
    const { after, count, chain: before, witness } = page
    const dev = 'D'.repeat(22)
    const body = JSON.stringify(['saltsaltsal', ['s', 'person', 'x', { name: 'Orang Palsu' }]])
    const forged = { v: 1, space, dev, n: 1, wall: 1, at: 1, body }
    const chain = toBase64Url(logLink(fromBase64Url(before) ?? chainStart, after + count + 1, forged))
    const { epoch } = (await siti.db.spaces.get(space)) ?? { epoch: '' }
    const request = { epoch, after: after + count, before, chain, witness, devs: [dev] }
    const answer = await siti.link.recover(space, { ...request, ops: [[1, 0, 1, 1, 1, body]] })
    expect(answer).toEqual({ ok: false, failure: { kind: 'badRequest' } })
    expect(await serverState(server, space)).not.toContain('Orang Palsu')
  })

  it('[S7] a space that a restored server never knew comes back from its organizer', async () => {
    const copy = await server.backup()
    const other = await organizer.device.spaces.createEvent({ ...anEvent, title: 'Kegiatan kedua' }, [])
    await syncAll(organizer.device)
    await server.restore(copy)
    await syncAll(organizer.device)
    expect(await serverState(server, other)).toContain('Kegiatan kedua')
    expect(await organizer.device.state(other)).toBe(await serverState(server, other))
  })

  it('[S8] a copy of a device takes a new key and loses nothing', async () => {
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await siti.sync()
    const copyOf = { row: siti.identity.device(), cookies: siti.cookies }
    const cloned = await createDevice(server, 'Salinan', { copyOf })
    await cloned.sync()
    await commitOp(cloned.db, cloned.author.newOp(space, [walkIn('Citra Contoh')], 0))
    await cloned.sync()
    await syncAll(organizer.device)
    expect(cloned.identity.device().dev).not.toBe(siti.identity.device().dev)
    const names = [...organizer.opened.people.value.values()].map(({ name }) => name).sort()
    expect(names).toEqual(['Budi Contoh', 'Citra Contoh'])
    cloned.engine.stop()
  })

  it('who recorded what is known to everyone who reads it', async () => {
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    const [attendance] = await present(rahmat)
    const { devices } = await rahmat.open(space)
    expect(devices.value.get(attendance?.facts[0]?.stamp.dev ?? '')).toEqual({ holder: 'Siti', name: 'Siti' })
  })

  it('[S9] what only a newer version understands is stored and passed on', async () => {
    const opened = await siti.open(space)
    await opened.commit([{ type: 'set', kind: 'hologram', id: 'h1', fields: { glow: 7 } }])
    await syncAll(siti, rahmat)
    expect(await rahmat.state(space)).toContain('hologram')
    await expectConverged(siti, rahmat)
  })

  it.each(['down', 'portal', 'answerLost'] as const)(
    '[S10] the outbox outlives a network that is %s',
    async (state) => {
      siti.net.state = state
      await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
      expect((await siti.sync()).failure).toBeDefined()
      expect(await outboxRows(siti.db, space, 'local')).toHaveLength(1)
      siti.net.state = 'up'
      await syncAll(siti, organizer.device)
      expect(await present(organizer.device)).toHaveLength(1)
    },
  )

  it('[S10] the outbox outlives a credential that the server does not know', async () => {
    const kept = new Map(siti.cookies)
    siti.cookies.clear()
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await siti.sync()
    expect(await outboxRows(siti.db, space, 'local')).toHaveLength(1)
    for (const [key, value] of kept) siti.cookies.set(key, value)
    siti.engine.trigger('start')
    await syncAll(siti, organizer.device)
    expect(await present(organizer.device)).toHaveLength(1)
  })

  it.each([-50, 50])('a clock wrong by %i years neither loses nor blocks anything', async (years) => {
    const clockErrorMs = years * 365 * 86_400_000
    const wrong = await createFacilitator(server, organizer.device, space, 'Jam', { clockErrorMs })
    await recordWalkIn(await wrong.open(space), budi, { session, method: 'facilitator' })
    await syncAll(wrong, organizer.device)
    const [attendance] = await present(organizer.device)
    expect(Math.abs((attendance?.arrivedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    await expectConverged(wrong, organizer.device)
    wrong.engine.stop()
  })

  it('a second round moves nothing', async () => {
    await recordWalkIn(await siti.open(space), budi, { session, method: 'facilitator' })
    await syncAll(siti, rahmat)
    const before = await serverState(server, space)
    siti.net.calls = 0
    await siti.sync()
    expect(siti.net.calls).toBe(1)
    expect(await serverState(server, space)).toBe(before)
  })
})

const walkIn = (name: string) => ({
  type: 'set' as const,
  kind: 'person',
  id: 'BBBBBBBBBBBBBBBBBBBBBB',
  fields: { name, invited: false },
})
