import { afterEach, beforeEach, expect, it } from 'vitest'
import { addCarried } from '../../src/client/db/carried.ts'
import { forgetAll, readForgotten } from '../../src/client/db/forget.ts'
import { markOf, nobody, readDevice, readIdentity, writeMeta } from '../../src/client/db/meta.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { pushCarried } from '../../src/client/sync/carry.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { recoverSpace } from '../../src/client/sync/recover.ts'
import { offerBlindly } from '../../src/client/sync/reoffer.ts'
import { setEvent } from '../../src/core/event.ts'
import { fail, ok } from '../../src/core/result.ts'
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

it('a device whose storage was cleared says so, and goes on under a new key as the same holder', async () => {
  await savePerson(await siti.open(organizer.space), 'AAAAAAAAAAAAAAAAAAAAAA', { name: 'Ani Contoh', invited: true })
  await siti.sync()
  siti.engine.stop()
  const cleared = await createDevice(server, 'Siti', { copyOf: { cookies: siti.cookies } })
  devices.push(cleared)
  expect(cleared.identity.known().wipedAt).toBeUndefined()
  await cleared.sync()
  expect(cleared.identity.known().wipedAt).toBeGreaterThan(0)
  expect(cleared.identity.device().dev).not.toBe(siti.identity.device().dev)
  expect(cleared.identity.device().holder).toBe(siti.identity.device().holder)
  expect(await cleared.state(organizer.space)).toBe(await siti.state(organizer.space))
  const team = await organizer.device.account.team(organizer.space)
  const devs = team.ok ? team.value.members.map(({ dev }) => dev) : []
  expect(devs).toContain(siti.identity.device().dev)
  expect(devs).toContain(cleared.identity.device().dev)
  await cleared.identity.forgetWipe()
  await cleared.identity.refresh()
  expect(cleared.identity.known().wipedAt).toBeUndefined()
})

it('[S10] a phone that a restored server knows no more keeps its event, and sends its work once it is let in again', async () => {
  const { space, device } = organizer
  const copy = await server.backup()
  const rahmat = await createFacilitator(server, device, space, 'Rahmat')
  devices.push(rahmat)
  await rahmat.sync()
  await server.restore(copy)
  await savePerson(await rahmat.open(space), 'AAAAAAAAAAAAAAAAAAAAAA', { name: 'Ani Contoh', invited: true })
  /** The first contact tells that something is refused, the second asks why. */
  for (let round = 0; round < 2; round++) await rahmat.sync()
  expect(rahmat.identity.known().enrolled).toBe(false)
  expect(await rahmat.db.spaces.get(space)).toMatchObject({ revoked: false })
  const invite = await device.account.invite(space, 'facilitator')
  if (!invite.ok) throw new Error(invite.failure.kind)
  await rahmat.account.join({ code: invite.value.code, holder: 'Rahmat' })
  await rahmat.sync()
  expect(await serverState(server, space)).toContain('Ani Contoh')
  expect(await rahmat.db.outbox.count()).toBe(0)
})

it('a browser that is new is not one that was cleared', async () => {
  expect(siti.identity.known().wipedAt).toBeUndefined()
  expect(organizer.device.identity.known().wipedAt).toBeUndefined()
})

it('another account does not get to see the events of the one before, who has to sign out first', async () => {
  const { account } = organizer.device
  const other = await account.signIn({ email: 'lain@contoh.example', password: 'kata-sandi-contoh' })
  expect(other).toEqual({ ok: false, failure: { kind: 'otherAccount' } })
  const same = await account.signIn({ email: 'Penyelenggara@contoh.example ', password: 'kata-sandi-contoh' })
  expect(same.ok || same.failure.kind).toBe(true)
})

it('who else is signed in here gets neither the events of the one before nor the device', async () => {
  const { device, space } = organizer
  const { session, enrol } = device.link
  device.link.session = async (...given) => {
    const answer = await session(...given)
    const account = { name: 'Orang Lain', email: 'lain@contoh.example' }
    return answer.ok ? ok({ ...answer.value, account, device: null, spaces: [] }) : answer
  }
  let enrolled = 0
  device.link.enrol = (...given) => {
    enrolled++
    return enrol(...given)
  }
  expect(await device.identity.refresh()).toBeUndefined()
  expect(device.identity.known()).toMatchObject({ account: null, organizer: false, enrolled: false })
  expect(enrolled).toBe(0)
  expect(await device.db.spaces.get(space)).toMatchObject({ revoked: false })
})

const waysIn: [string, (by: Device) => Promise<(device: Device) => Promise<unknown>>][] = [
  [
    'an invitation',
    async (by) => {
      const invite = await by.account.invite(organizer.space, 'facilitator')
      if (!invite.ok) throw new Error(invite.failure.kind)
      return (device) => device.account.join({ code: invite.value.code, holder: 'Orang Lain' })
    },
  ],
  [
    'the gate of its event',
    async (by) => {
      const code = await openGate(by, organizer.space)
      return (device) => device.attendees.enter(code)
    },
  ],
]
it.each(waysIn)(
  'work of an account that a copy gave back is not sent as that of who comes in by %s',
  async (_, open) => {
    const { device, space } = organizer
    const own = { email: 'penyelenggara@contoh.example', password: 'kata-sandi-contoh' }
    const comeIn = await open(device)
    device.net.state = 'down'
    await savePerson(await device.open(space), 'AAAAAAAAAAAAAAAAAAAAAA', { name: 'Ani Contoh', invited: true })
    device.engine.stop()
    /** As a start leaves it that has found no database and no cookie, and a copy (recoverUnsent.ts). */
    const again = await createDevice(server, 'Kantor', {
      found: async (db) => {
        for (const name of ['spaces', 'outbox']) await db.table(name).bulkAdd(await device.db.table(name).toArray())
        await writeMeta(db, { ...nobody, lastMark: markOf(own.email) })
      },
    })
    devices.push(again)
    const came = await comeIn(again)
    for (let round = 0; round < 3; round++) await again.sync()
    expect(await serverState(server, space)).not.toContain('Ani Contoh')
    expect(await again.db.outbox.where({ state: 'parked' }).count()).toBe(0)
    expect(came).toEqual({ ok: false, failure: { kind: 'otherAccount' } })
    expect(await again.account.signIn(own)).toMatchObject({ ok: true })
    for (let round = 0; round < 2; round++) await again.sync()
    expect(await serverState(server, space)).toContain('Ani Contoh')
    expect(await again.db.outbox.count()).toBe(0)
  },
)

/** Everything of the event that is on a device. */
const heldBy = async ({ db }: Device) =>
  (await Promise.all(db.tables.filter(({ name }) => name !== 'meta').map((table) => table.toArray()))).flat()

it('[S10] an answer about who this is, that comes after another tab has signed out, brings nothing back', async () => {
  await siti.sync()
  const { db, link, identity } = siti
  const { session } = link
  link.session = async (...given) => {
    const answer = await session(...given)
    expect(await forgetAll(db)).toBe(true)
    return answer.ok ? ok({ ...answer.value, needsSetup: true }) : answer
  }
  const known = identity.known()
  await identity.refresh()
  link.session = session
  expect(await heldBy(siti)).toEqual([])
  expect(await readDevice(db)).toBeUndefined()
  expect(await readIdentity(db)).toBeUndefined()
  /** Also what this tab had kept in memory of its key. */
  await identity.forgetWipe()
  await identity.enrol({ holder: 'Siti Contoh' })
  expect(identity.known()).toBe(known)
  expect(await readDevice(db)).toBeUndefined()
  expect(await heldBy(siti)).toEqual([])
})

it('[S10] what another tab forgot while the server was asked about it does not come back', async () => {
  const { space } = organizer
  await (await siti.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
  await siti.sync()
  await siti.db.spaces.update(space, { revoked: true })
  const { db, identity } = siti
  await db.meta.put({ key: 'forgotten', events: [{ space, title: 'Sosialisasi Contoh' }] })
  const page = { space, epoch: 'e', after: 0, count: 0, before: '', chain: 'c', witness: '', ops: '[]', refused: false }
  const forgets = async () => {
    for (const table of [db.lostPages, db.carried]) await table.clear()
    expect(await forgetAll(db)).toBe(true)
  }
  const link = {
    ...siti.link,
    push: async (...request: Parameters<typeof siti.link.push>) => {
      await forgets()
      const [, { ops }] = request
      const results = ops.map(([n, , at]) => ({ state: 'committed' as const, n, seq: n, at }))
      return ok({ now: 1, epoch: 'e', backedUpThrough: 0, results })
    },
    recover: async () => {
      await forgets()
      return fail({ kind: 'badRequest' as const })
    },
  }
  expect(await offerBlindly({ db, link, renewDevice: identity.renew, wall: Date.now }, space)).toBeUndefined()
  expect(await heldBy(siti)).toEqual([])
  const ofOther = { dev: 'D', link: 'L', v: 1, previous: '', signature: '' }
  await addCarried(db, [{ ...ofOther, space, ops: [[1, 1, 1, 'b']], from: 'file', takenAt: 1 }])
  expect(await pushCarried(db, link, space)).toBeUndefined()
  expect(await heldBy(siti)).toEqual([])
  await db.lostPages.add(page)
  expect(await recoverSpace(db, link, space)).toBeUndefined()
  expect(await heldBy(siti)).toEqual([])
  expect(await readForgotten(db)).toEqual([])
})

/** The database of a phone that was Siti's and was cleared, after a start that reached no server. */
async function clearedPhone() {
  siti.engine.stop()
  const { db, link } = await createDevice(server, 'Siti', { copyOf: { cookies: siti.cookies } })
  const start = (isMarked: boolean) => {
    const mark = { isSet: () => isMarked, clear: () => undefined }
    return createIdentity({ db, link, mark, deviceName: 'Siti', wall: () => 7, onChange: () => undefined })
  }
  return { start }
}

it('a cleared phone that was marked says so before it reaches a server, and its holder comes back with one', async () => {
  const { start } = await clearedPhone()
  expect((await start(true)).known()).toMatchObject({ enrolled: false, wipedAt: 7 })
  const later = await start(false)
  expect(later.known().wipedAt).toBe(7)
  expect(await later.refresh()).toBeUndefined()
  expect(later.known()).toMatchObject({ enrolled: true, wipedAt: 7 })
  expect(later.device().holder).toBe(siti.identity.device().holder)
  await later.forgetWipe()
  expect((await start(true)).known().wipedAt).toBeUndefined()
})

it('a cleared phone without a mark says so once it reaches a server, also when it was first opened without one', async () => {
  const { start } = await clearedPhone()
  const later = await start(false)
  expect(later.known().wipedAt).toBeUndefined()
  expect(await later.refresh()).toBeUndefined()
  expect(later.known().wipedAt).toBe(7)
  expect(later.device().holder).toBe(siti.identity.device().holder)
})
