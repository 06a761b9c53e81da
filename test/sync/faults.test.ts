import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { makeDevice, toEnrolRequest } from '../../src/client/sync/deviceKey.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { pullSpace } from '../../src/client/sync/pull.ts'
import { setPerson } from '../../src/core/person.ts'
import { fail } from '../../src/core/result.ts'
import { dayMs } from '../../src/core/time.ts'
import {
  anEvent,
  createDevice,
  createFacilitator,
  createOrganizer,
  createServer,
  type Device,
  type Server,
  serverState,
} from './world.ts'

const walkIn = { name: 'Budi Contoh', nip: '198609262015051001' }
const credentials = { email: 'penyelenggara@contoh.example', password: 'kata-sandi-contoh' }

let server: Server
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let space: string
let session: string
const devices: Device[] = []

beforeEach(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  space = organizer.space
  session = organizer.session
  devices.push(organizer.device)
})

afterEach(async () => {
  for (const device of devices.splice(0)) device.engine.stop()
  await server.stop()
})

async function facilitator(name = 'Siti'): Promise<Device> {
  const device = await createFacilitator(server, organizer.device, space, name)
  devices.push(device)
  return device
}

const unsent = (device: Device) => outboxRows(device.db, space, 'local')

async function checkInOn(device: Device): Promise<string> {
  return recordWalkIn(await device.open(space), walkIn, { session, method: 'facilitator' })
}

describe('the loop', () => {
  it('[S10] goes on when a sign-out is given up, since something was saved while the server was asked', async () => {
    const { device } = organizer
    let letThrough: () => void = () => undefined
    device.net.gate = new Promise((resolve) => {
      letThrough = resolve
    })
    const calls = device.net.calls
    const leaving = device.account.signOut()
    await expect.poll(() => device.net.calls).toBeGreaterThan(calls)
    await checkInOn(device)
    letThrough()
    expect(await leaving).toMatchObject({ failure: { kind: 'unsent', count: 1 } })
    expect(await unsent(device)).toHaveLength(1)
    expect(await device.account.signIn(credentials)).toMatchObject({ ok: true })
    await expect.poll(async () => (await unsent(device)).length).toBe(0)
    expect(await serverState(server, space)).toContain(walkIn.name)
  })

  it('[S2] a bug in one space stops neither the others nor the next round', async () => {
    const other = await organizer.device.spaces.createEvent(anEvent, [])
    const [first] = (await organizer.device.db.spaces.toArray()).map((row) => row.space)
    const second = first === space ? other : space
    await organizer.device.sync()
    const { db } = organizer.device
    const whole = await db.pages.where('[space+after]').between([first, 0], [first, 9]).toArray()
    const row = await db.spaces.get(first ?? '')
    await db.pages.bulkPut(whole.map((page) => ({ ...page, ops: 'torn' })))
    const opened = await organizer.device.open(second)
    await opened.commit([{ type: 'set', kind: 'person', id: 'p', fields: { name: 'Ani Contoh' } }])
    /** A log that goes on where a page was torn: joining them throws. */
    const torn = await createFacilitator(server, organizer.device, first ?? '', 'Sobek')
    devices.push(torn)
    await (await torn.open(first ?? '')).commit([{ type: 'set', kind: 'person', id: 'q', fields: { name: 'Citra' } }])
    await torn.sync()
    await expect(organizer.device.sync()).rejects.toThrow(SyntaxError)
    expect(await serverState(server, second)).toContain('Ani Contoh')
    await db.pages.bulkPut(whole)
    await expect
      .poll(async () => (await db.spaces.get(first ?? ''))?.seq, { timeout: 20_000 })
      .toBe((row?.seq ?? 0) + 1)
  })

  const ofOneEvent = ['forbidden', 'notFound', 'badRequest', 'tooLarge', 'clientTooOld', 'shareUsed'] as const

  /** Unsent work in two events of the organizer, the first of which the server does not take; the other one. */
  async function refuseFirst(kind: (typeof ofOneEvent)[number] | 'serverError'): Promise<string> {
    const { device, opened } = organizer
    const [first = '', other = ''] = [space, await device.spaces.createEvent(anEvent, [])].sort()
    const { push } = device.link
    device.link.push = async (to, request) => (to === first ? fail({ kind }) : push(to, request))
    for (const held of [first, other])
      await commitOp(device.db, device.author.newOp(held, [setPerson(opened.newId(), { name: 'Ani Contoh' })], 0))
    return other
  }

  it.each(ofOneEvent)('[S2] “%s” in one event is not the end of the round for the others', async (kind) => {
    const other = await refuseFirst(kind)
    expect((await organizer.device.sync()).failure).toEqual({ kind })
    expect(await outboxRows(organizer.device.db, other, 'local')).toEqual([])
    expect(await serverState(server, other)).toContain('Ani Contoh')
  })

  it('[S10] an event that takes nothing for a while waits no longer by a clock that was put back since', async () => {
    const clock = { clockErrorMs: 50 * 365 * dayMs }
    const siti = await createFacilitator(server, organizer.device, space, 'Siti', clock)
    devices.push(siti)
    const { push } = siti.link
    await checkInOn(siti)
    siti.link.push = async () => fail({ kind: 'shareUsed' as const, retryAfterMs: 600_000 })
    await siti.sync()
    siti.link.push = push
    await siti.sync()
    expect(await unsent(siti)).toHaveLength(1)
    clock.clockErrorMs = 0
    await siti.sync()
    expect(await unsent(siti)).toEqual([])
  })

  it('[S2] an event that the server fails at holds up the others for one round at most', async () => {
    const other = await refuseFirst('serverError')
    for (let round = 0; round < 2; round++)
      expect((await organizer.device.sync()).failure).toEqual({ kind: 'serverError' })
    expect(await outboxRows(organizer.device.db, other, 'local')).toEqual([])
  })

  it('[S2] a phone whose work is not taken reads all the same', async () => {
    const [siti, rahmat] = [await facilitator(), await facilitator('Rahmat')]
    await checkInOn(rahmat)
    await rahmat.sync()
    await checkInOn(siti)
    siti.link.push = async () => fail({ kind: 'serverError' as const })
    await siti.sync()
    expect((await siti.db.spaces.get(space))?.seq).toBe((await server.store().findSpace(space))?.head)
    expect(await unsent(siti)).toHaveLength(1)
  })

  it('[S10] sends also while the server cannot say who this is', async () => {
    const siti = await facilitator()
    const person = await checkInOn(siti)
    siti.link.session = async () => fail({ kind: 'serverError' as const })
    siti.engine.trigger('person')
    await siti.sync()
    expect(await serverState(server, space)).toContain(person)
  })

  it('who asks while a round is under way waits for one that began afterwards', async () => {
    const siti = await facilitator()
    const { promise, resolve } = Promise.withResolvers<void>()
    siti.net.gate = promise
    const calls = siti.net.calls
    const under = siti.sync()
    await expect.poll(() => siti.net.calls).toBe(calls + 1)
    const person = await checkInOn(siti)
    const asked = siti.sync()
    resolve()
    await asked
    expect(await serverState(server, space)).toContain(person)
    await under
  })
})

describe('who this browser is', () => {
  it('an account whose enrolment was cut off becomes a device in the next round', async () => {
    const phone = await createDevice(server, 'Ponsel')
    devices.push(phone)
    expect((await phone.link.signIn(credentials)).ok).toBe(true)
    await phone.sync()
    expect(phone.identity.known().enrolled).toBe(true)
    expect(await phone.state(space)).toBe(await serverState(server, space))
  })

  it('a device whose cookie was lost is known by its key, and its work goes out', async () => {
    const siti = await facilitator()
    const person = await checkInOn(siti)
    siti.cookies.clear()
    siti.engine.trigger('start')
    await siti.sync()
    expect(await unsent(siti)).toHaveLength(0)
    expect(await serverState(server, space)).toContain(person)
  })
})

describe('[S8] a new key', () => {
  it('whose device never heard of its enrolment is replaced, and its work goes out', async () => {
    const siti = await facilitator()
    const person = await checkInOn(siti)
    const next = await makeDevice('Siti', 'Siti')
    expect((await siti.link.enrol(await toEnrolRequest(next))).ok).toBe(true)
    siti.engine.trigger('start')
    await siti.sync()
    expect(await unsent(siti)).toHaveLength(0)
    expect(await serverState(server, space)).toContain(person)
  })
})

describe('[S6] a page', () => {
  it('that was altered on its way is not believed, and the true one is read later', async () => {
    const siti = await facilitator()
    await organizer.opened.commit([{ type: 'set', kind: 'person', id: 'p', fields: { name: 'Ani Contoh' } }])
    await organizer.device.sync()
    const altering: Link = {
      ...siti.link,
      pull: async (...request) => {
        const answer = await siti.link.pull(...request)
        return JSON.parse(JSON.stringify(answer).replace('Ani Contoh', 'Ani Palsu'))
      },
    }
    expect(await pullSpace(siti.db, altering, space)).toEqual({ kind: 'notHadir' })
    expect(await siti.state(space)).not.toContain('Ani Palsu')
    await siti.sync()
    expect(await siti.state(space)).toBe(await serverState(server, space))
  })
})

describe('[S7] a restored server', () => {
  it('that does not name an event to its organizer gets it back', async () => {
    const copy = await server.backup()
    const event = { ...anEvent, title: 'Kegiatan kedua' }
    const lost = await organizer.device.spaces.createEvent(event, [])
    await organizer.device.sync()
    await server.restore(copy)
    organizer.device.engine.trigger('start')
    for (let round = 0; round < 3; round++) await organizer.device.sync()
    expect(await serverState(server, lost)).toContain('Kegiatan kedua')
  })
})
