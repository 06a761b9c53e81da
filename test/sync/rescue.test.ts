import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carriedNames, countReleasedCarried, releaseCarried, takeBackCarried } from '../../src/client/db/carried.ts'
import { commitOp, countUnsent, outboxRows, retryParked } from '../../src/client/db/outbox.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { walkBack } from '../../src/client/sync/recover.ts'
import type { OpenedRescue } from '../../src/client/sync/rescue.ts'
import { maxPushOps } from '../../src/protocol/limits.ts'
import { importRescue } from '../../src/server/rescue.ts'
import {
  createDevice,
  createFacilitator,
  createOrganizer,
  createServer,
  type Device,
  type Server,
  serverState,
} from './world.ts'

let server: Server
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let space: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  space = organizer.space
  siti = await createFacilitator(server, organizer.device, space, 'Siti')
  rahmat = await createFacilitator(server, organizer.device, space, 'Rahmat')
  siti.net.state = 'down'
})

afterEach(async () => {
  for (const device of [organizer.device, siti, rahmat]) device.engine.stop()
  await server.stop()
})

async function addWalkIns(device: Device, count: number): Promise<void> {
  const opened = await device.open(space)
  for (let i = 0; i < count; i++) {
    const fields = { name: `Peserta Contoh ${i + 1}`, nip: '', invited: false }
    await recordWalkIn(opened, fields, { session: organizer.session, method: 'facilitator' })
  }
}

async function makeFile(device: Device): Promise<{ file: Blob; rescued: ReadonlySet<string> }> {
  const made = await device.rescue.make()
  if (!made) throw new Error('Nothing to rescue')
  return { file: new Blob([made.text]), rescued: made.rescued }
}

async function openFile(device: Device, file: Blob): Promise<OpenedRescue> {
  const read = await device.rescue.read(file)
  if (!read.ok) throw new Error(read.failure.kind)
  return read.value
}

const outcomesOf = ({ batches }: OpenedRescue) => batches.flatMap(({ outcomes }) => outcomes ?? ['waiting'])
const unsentOf = (device: Device) => outboxRows(device.db, space, 'local')

describe('[S13] a rescue file', () => {
  it('is delivered by another device, and the author’s own device gets the same answer later', async () => {
    await addWalkIns(siti, 3)
    const { file } = await makeFile(siti)
    expect(await unsentOf(siti)).toHaveLength(3)
    const { opened, failure } = await rahmat.rescue.send(await openFile(rahmat, file))
    expect(failure).toBeUndefined()
    expect(outcomesOf(opened)).toEqual(['committed', 'committed', 'committed'])
    expect(opened.device).toEqual({ name: 'Siti', holder: 'Siti' })

    const delivered = await serverState(server, space)
    siti.net.state = 'up'
    await siti.sync()
    expect(await unsentOf(siti)).toEqual([])
    expect((await sentAbove(siti.db, space, 0)).map(({ n }) => n)).toEqual([1, 2, 3])
    expect(await serverState(server, space)).toBe(delivered)
    expect(await siti.state(space)).toBe(delivered)
  })

  it('that is longer than one push continues its chain, also with what was written after it', async () => {
    const opened = await siti.open(space)
    for (let i = 0; i < maxPushOps + 2; i++) {
      const fields = { name: `Peserta Contoh ${i}`, invited: false }
      await commitOp(
        siti.db,
        siti.author.newOp(space, [{ type: 'set', kind: 'person', id: opened.newId(), fields }], 0),
      )
    }
    const { file } = await makeFile(siti)
    await addWalkIns(siti, 1)
    siti.net.state = 'up'
    await siti.sync()
    const before = await serverState(server, space)
    const { opened: sent } = await rahmat.rescue.send(await openFile(rahmat, file))
    expect(sent.batches).toHaveLength(2)
    expect(new Set(outcomesOf(sent))).toEqual(new Set(['committed']))
    expect(await serverState(server, space)).toBe(before)
  })

  it('brought twice, by two devices, changes nothing the second time', async () => {
    await addWalkIns(siti, 2)
    const { file } = await makeFile(siti)
    await rahmat.rescue.send(await openFile(rahmat, file))
    const before = await serverState(server, space)
    const { opened } = await organizer.device.rescue.send(await openFile(organizer.device, file))
    expect(outcomesOf(opened)).toEqual(['committed', 'committed'])
    expect(await serverState(server, space)).toBe(before)
  })

  it('stays as it is while there is no network, and goes on where it stopped', async () => {
    await addWalkIns(siti, 2)
    const opened = await openFile(rahmat, (await makeFile(siti)).file)
    rahmat.net.state = 'down'
    const offline = await rahmat.rescue.send(opened)
    expect(offline.failure).toEqual({ kind: 'offline' })
    expect(offline.opened).toEqual(opened)
    rahmat.net.state = 'answerLost'
    await rahmat.rescue.send(offline.opened)
    rahmat.net.state = 'up'
    const { opened: sent } = await rahmat.rescue.send(offline.opened)
    expect(outcomesOf(sent)).toEqual(['committed', 'committed'])
    const calls = rahmat.net.calls
    await rahmat.rescue.send(sent)
    expect(rahmat.net.calls).toBe(calls)
  })

  it('is in the lists of a device without a network at once, and goes out by itself later', async () => {
    await addWalkIns(siti, 2)
    const { file } = await makeFile(siti)
    rahmat.net.state = 'down'
    const opened = await rahmat.open(space)
    const read = await openFile(rahmat, file)
    expect(read.batches).toMatchObject([{ carried: true, outcomes: undefined }])
    await expect.poll(() => opened.people.value.size).toBe(2)
    expect(opened.attendance.value.get(organizer.session)?.size).toBe(2)
    expect(opened.unsent.value.count).toBe(2)
    expect(await countUnsent(rahmat.db)).toBe(2)
    expect(await rahmat.account.signOut()).toMatchObject({ failure: { kind: 'unsent', count: 2 } })

    const before = await rahmat.db.carried.toArray()
    await openFile(rahmat, file)
    expect(await rahmat.db.carried.toArray()).toEqual(before)

    rahmat.net.state = 'up'
    await rahmat.sync()
    expect(await rahmat.db.carried.count()).toBe(0)
    expect(await countUnsent(rahmat.db)).toBe(0)
    const delivered = await serverState(server, space)
    await expect.poll(() => opened.unsent.value.count).toBe(0)
    expect(opened.people.value.size).toBe(2)
    siti.net.state = 'up'
    await siti.sync()
    expect(await serverState(server, space)).toBe(delivered)
    expect(await siti.state(space)).toBe(delivered)
    expect(await rahmat.state(space)).toBe(delivered)

    rahmat.net.state = 'down'
    expect(outcomesOf(await openFile(rahmat, file))).toEqual(['committed', 'committed'])
    expect(await rahmat.db.carried.count()).toBe(0)
  })

  it('that is carried goes on in the carrier’s own file, and arrives once', async () => {
    await addWalkIns(siti, 1)
    rahmat.net.state = 'down'
    await openFile(rahmat, (await makeFile(siti)).file)
    await addWalkIns(rahmat, 1)
    const { file, rescued } = await makeFile(rahmat)
    expect(rescued.size).toBe(2)
    expect(await countUnsent(rahmat.db, rescued)).toBe(0)
    const sent = await organizer.device.rescue.send(await openFile(organizer.device, file))
    expect(outcomesOf(sent.opened)).toEqual(['committed', 'committed'])
    const delivered = await serverState(server, space)
    rahmat.net.state = 'up'
    await rahmat.sync()
    expect(await serverState(server, space)).toBe(delivered)
    expect(await rahmat.db.carried.count()).toBe(0)
  })

  it('of a device that nobody enrolled is refused by the server, leaves the list again and waits for a look', async () => {
    const stranger = await createDevice(server, 'Orang Asing')
    await stranger.db.spaces.put(newSpaceRow(space, 'facilitator'))
    await addWalkIns(stranger, 1)
    rahmat.net.state = 'down'
    const opened = await rahmat.open(space)
    await openFile(rahmat, (await makeFile(stranger)).file)
    await expect.poll(() => opened.people.value.size).toBe(1)
    rahmat.net.state = 'up'
    await rahmat.sync()
    await expect.poll(() => opened.people.value.size).toBe(0)
    expect(await rahmat.db.carried.toArray()).toMatchObject([{ waiting: [], outcomes: [{ reason: 'unknownAuthor' }] }])
    expect(await carriedNames(rahmat.db, space, 'refused')).toHaveLength(1)
    await releaseCarried(rahmat.db, space)
    expect(await carriedNames(rahmat.db, space, 'refused')).toEqual([])
    expect(await countReleasedCarried(rahmat.db)).toEqual(new Map([[space, 1]]))
    await takeBackCarried(rahmat.db, space)
    expect(await carriedNames(rahmat.db, space, 'refused')).toHaveLength(1)
    expect((await countReleasedCarried(rahmat.db)).size).toBe(0)
    stranger.engine.stop()
  })

  it('of a device that has lost its grant goes to quarantine, and its op is parked on both', async () => {
    await addWalkIns(siti, 1)
    const { file } = await makeFile(siti)
    const subject = `device:${siti.identity.device().dev}` as const
    const now = Date.now()
    await server.store().putGrant({ space, subject, role: 'facilitator', createdAt: now, revokedAt: now })
    const { opened } = await organizer.device.rescue.send(await openFile(organizer.device, file))
    expect(outcomesOf(opened)).toEqual(['notAllowed'])
    expect(await server.store().countParked(space)).toBe(1)
  })

  it('holds parked ops too, which enter the log once their author may write them', async () => {
    siti.net.state = 'up'
    const opened = await siti.open(space)
    await opened.commit([{ type: 'set', kind: 'event', id: space, fields: { title: 'Judul dari Siti' } }])
    await siti.sync()
    siti.net.state = 'down'
    await addWalkIns(siti, 1)
    const { file, rescued } = await makeFile(siti)
    expect(rescued.size).toBe(1)
    const subject = `device:${siti.identity.device().dev}` as const
    await server.store().putGrant({ space, subject, role: 'organizer', createdAt: Date.now(), revokedAt: null })
    const { opened: sent } = await rahmat.rescue.send(await openFile(rahmat, file))
    expect(outcomesOf(sent)).toEqual(['committed', 'committed'])
    expect(await serverState(server, space)).toContain('Judul dari Siti')
    siti.net.state = 'up'
    await retryParked(siti.db, space)
    await siti.sync()
    expect(await outboxRows(siti.db, space, 'parked')).toEqual([])
    expect(await siti.state(space)).toBe(await serverState(server, space))
  })

  it('to which a byte was done is refused, and nothing of it is kept', async () => {
    await addWalkIns(siti, 1)
    const { file } = await makeFile(siti)
    rahmat.net.state = 'down'
    const altered = new Blob([(await file.text()).replace('Peserta Contoh 1', 'Peserta Palsu 1')])
    expect(outcomesOf(await openFile(rahmat, altered))).toEqual(['badRequest'])
    expect(await rahmat.db.carried.count()).toBe(0)
    const withoutKeys = new Blob([(await altered.text()).replace(/"keys":\[[^\]]*\]/, '"keys":[]')])
    const unchecked = await openFile(rahmat, withoutKeys)
    rahmat.net.state = 'up'
    const { opened } = await rahmat.rescue.send(unchecked)
    expect(outcomesOf(opened)).toEqual(['badRequest'])
    expect(await server.store().countParked(space)).toBe(0)
    expect(await serverState(server, space)).not.toContain('Palsu')
  })
})

describe('[S7] what a restored server has lost', () => {
  /** The server was restored without the last op that Rahmat has read, its author is gone, and he has only noticed. */
  async function loseLast(): Promise<void> {
    siti.net.state = 'up'
    const copy = await server.backup()
    await addWalkIns(siti, 1)
    await siti.sync()
    await rahmat.sync()
    await server.restore(copy)
    const held = await rahmat.db.spaces.get(space)
    if (!held) throw new Error('Rahmat does not hold the space')
    await walkBack(rahmat.db, rahmat.link, held, (await server.store().findSpace(space))?.epoch ?? '')
    siti.net.state = rahmat.net.state = 'down'
  }

  it('goes with the rescue file, and another device without a network keeps it until the server has it again', async () => {
    await loseLast()
    expect(await serverState(server, space)).not.toContain('Peserta Contoh 1')
    const { file, rescued } = await makeFile(rahmat)
    const lost = await countUnsent(rahmat.db)
    expect(lost).toBeGreaterThan(0)
    expect(await countUnsent(rahmat.db, rescued)).toBe(0)
    const { db, net, sync } = organizer.device
    net.state = 'down'
    const opened = await openFile(organizer.device, file)
    expect(opened.batches).toMatchObject([{ carried: true, outcomes: undefined }])
    expect(await countUnsent(db)).toBe(lost)
    const before = await db.lostPages.toArray()
    await openFile(organizer.device, file)
    expect(await db.lostPages.toArray()).toEqual(before)
    net.state = 'up'
    await sync()
    expect(await serverState(server, space)).toContain('Peserta Contoh 1')
    expect(await countUnsent(db)).toBe(0)
    const delivered = await serverState(server, space)
    const { opened: sent } = await organizer.device.rescue.send(opened)
    expect(new Set(outcomesOf(sent))).toEqual(new Set(['committed']))
    expect(await serverState(server, space)).toBe(delivered)
  })

  it('is refused when it is not the server’s own word, and blocks nobody', async () => {
    await loseLast()
    const altered = (await (await makeFile(rahmat)).file.text()).replaceAll('Peserta Contoh 1', 'Peserta Palsu 1')
    await openFile(organizer.device, new Blob([altered]))
    await organizer.device.sync()
    expect(await serverState(server, space)).not.toContain('Palsu')
    expect(await organizer.device.db.lostPages.toArray()).toMatchObject([{ refused: true }])
    expect(await countUnsent(organizer.device.db)).toBe(0)
  })

  it('is taken by the server itself from the file, once, also of an event that its backup did not know', async () => {
    await loseLast()
    const text = await (await makeFile(rahmat)).file.text()
    const { count = 0 } = (await rahmat.db.lostPages.toArray())[0] ?? {}
    const parts = { store: server.store(), now: Date.now }
    expect(await importRescue(parts, text)).toMatchObject({ ok: true, value: { lost: { committed: 1, refused: 0 } } })
    const restored = await serverState(server, space)
    expect(restored).toContain('Peserta Contoh 1')
    const again = { devices: [], lost: { committed: 0, known: count, refused: 0 } }
    expect(await importRescue(parts, text)).toEqual({ ok: true, value: again })
    expect(await serverState(server, space)).toBe(restored)
    const { db } = parts.store.accounts
    for (const table of ['ops', 'spaces'] as const) await db.deleteFrom(table).where('space', '=', space).execute()
    expect(await importRescue(parts, text)).toMatchObject({ ok: true, value: { lost: { committed: count } } })
    expect((await parts.store.findSpace(space))?.head).toBe(count)
  })
})

describe('[S10] signing out with unsent work', () => {
  const refuses = async (rescued?: ReadonlySet<string>) => {
    const answer = await siti.account.signOut(rescued)
    return answer.ok ? undefined : answer.failure
  }

  beforeEach(async () => {
    await addWalkIns(siti, 2)
    siti.net.state = 'up'
  })

  it('is refused, also with a rescue file that lacks the last of it', async () => {
    expect(await refuses()).toEqual({ kind: 'unsent', count: 2 })
    const { rescued } = await makeFile(siti)
    await addWalkIns(siti, 1)
    expect(await refuses(rescued)).toEqual({ kind: 'unsent', count: 1 })
    expect(await unsentOf(siti)).toHaveLength(3)
  })

  it('goes through with a rescue file that holds all of it, and nothing is lost', async () => {
    const { file, rescued } = await makeFile(siti)
    expect(await refuses(rescued)).toBeUndefined()
    expect([await siti.db.outbox.count(), await siti.db.sent.count()]).toEqual([0, 0])
    const { opened } = await rahmat.rescue.send(await openFile(rahmat, file))
    expect(outcomesOf(opened)).toEqual(['committed', 'committed'])
  })
})
