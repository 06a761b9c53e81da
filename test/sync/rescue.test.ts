import { beforeEach, describe, expect, it } from 'vitest'
import { carriedNames, countReleasedCarried, releaseCarried, takeBackCarried } from '../../src/client/db/carried.ts'
import { commitOp, countUnsent, isRescued, outboxRows } from '../../src/client/db/outbox.ts'
import { retryParked } from '../../src/client/db/parked.ts'
import { countRescuable } from '../../src/client/db/rescuable.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { pushCarried } from '../../src/client/sync/carry.ts'
import { fail } from '../../src/core/result.ts'
import { firstPushOps } from '../../src/protocol/limits.ts'
import { addWalkIns, makeFile, openFile, outcomesOf } from './rescueFile.ts'
import { createDevice, createTeam, type Device, type Organizer, type Server, serverState } from './world.ts'

let server: Server
let organizer: Organizer
let space: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ server, organizer, space, siti, rahmat } = team)
  siti.net.state = 'down'
  return team.stop
})

const unsentOf = (device: Device) => outboxRows(device.db, space, 'local')

describe('[S13] a rescue file', () => {
  it('is delivered by another device, and the author’s own device gets the same answer later', async () => {
    await addWalkIns(siti, organizer, 3)
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
    for (let i = 0; i < firstPushOps + 2; i++) {
      const fields = { name: `Peserta Contoh ${i}`, invited: false }
      await commitOp(
        siti.db,
        siti.author.newOp(space, [{ type: 'set', kind: 'person', id: opened.newId(), fields }], 0),
      )
    }
    const { file } = await makeFile(siti)
    await addWalkIns(siti, organizer, 1)
    siti.net.state = 'up'
    await siti.sync()
    const before = await serverState(server, space)
    const { opened: sent } = await rahmat.rescue.send(await openFile(rahmat, file))
    expect(sent.batches).toHaveLength(2)
    expect(new Set(outcomesOf(sent))).toEqual(new Set(['committed']))
    expect(await serverState(server, space)).toBe(before)
  })

  it('brought twice, by two devices, changes nothing the second time', async () => {
    await addWalkIns(siti, organizer, 2)
    const { file } = await makeFile(siti)
    await rahmat.rescue.send(await openFile(rahmat, file))
    const before = await serverState(server, space)
    const { opened } = await organizer.device.rescue.send(await openFile(organizer.device, file))
    expect(outcomesOf(opened)).toEqual(['committed', 'committed'])
    expect(await serverState(server, space)).toBe(before)
  })

  it('stays as it is while there is no network, and goes on where it stopped', async () => {
    await addWalkIns(siti, organizer, 2)
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
    await addWalkIns(siti, organizer, 2)
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
    await addWalkIns(siti, organizer, 1)
    rahmat.net.state = 'down'
    await openFile(rahmat, (await makeFile(siti)).file)
    await addWalkIns(rahmat, organizer, 1)
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
    await addWalkIns(stranger, organizer, 1)
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
    /** No server has it: a file of this device holds it, and says so to whoever clears this device. */
    const { file, rescued } = await makeFile(rahmat)
    expect(await file.text()).toContain('Peserta Contoh 1')
    expect(await countUnsent(rahmat.db)).toBe(1)
    expect(await countUnsent(rahmat.db, rescued)).toBe(0)
    expect([await countRescuable(rahmat.db), (await rahmat.rescue.make())?.changes]).toEqual([1, 1])
    stranger.engine.stop()
  })

  it('of which the log holds the first part is delivered for the rest', async () => {
    await addWalkIns(siti, organizer, 1)
    const { file: first } = await makeFile(siti)
    await addWalkIns(siti, organizer, 2)
    const { file: both } = await makeFile(siti)
    await rahmat.rescue.send(await openFile(rahmat, first))
    await rahmat.sync()
    expect((await openFile(rahmat, both)).batches).toMatchObject([{ carried: true, outcomes: undefined }])
    await rahmat.sync()
    expect(await serverState(server, space)).toContain('Peserta Contoh 2')
  })

  it.each(['forbidden', 'notFound'] as const)(
    'waits while the server says %s of the event, not of it',
    async (kind) => {
      await addWalkIns(siti, organizer, 1)
      await openFile(rahmat, (await makeFile(siti)).file)
      const { db, link } = rahmat
      expect(await pushCarried(db, { ...link, push: async () => fail({ kind }) }, space)).toEqual({ kind })
      expect(await carriedNames(db, space)).toHaveLength(1)
      expect(await pushCarried(db, link, space)).toBeUndefined()
      expect(await serverState(server, space)).toContain('Peserta Contoh 1')
    },
  )

  it('of a device that has lost its grant goes to quarantine, and its op is parked on both', async () => {
    await addWalkIns(siti, organizer, 1)
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
    await addWalkIns(siti, organizer, 1)
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
    await addWalkIns(siti, organizer, 1)
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

describe('[S10] signing out with unsent work', () => {
  const refuses = async (rescued?: ReadonlySet<string>) => {
    const answer = await siti.account.signOut({ rescued })
    return answer.ok ? undefined : answer.failure
  }

  beforeEach(async () => {
    await addWalkIns(siti, organizer, 2)
    siti.net.state = 'up'
    /** Signing out sends what it can first. */
    siti.link.push = async () => fail({ kind: 'serverError' })
  })

  it('is refused, also with a rescue file that lacks the last of it', async () => {
    expect(await refuses()).toMatchObject({ kind: 'unsent', count: 2 })
    const { rescued } = await makeFile(siti)
    await addWalkIns(siti, organizer, 1)
    expect(await refuses(rescued)).toMatchObject({ kind: 'unsent', count: 1 })
    expect(await isRescued(siti.db, rescued)).toBe(false)
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
