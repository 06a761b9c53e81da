import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { pushCarried } from '../../src/client/sync/carry.ts'
import { walkBack } from '../../src/client/sync/recover.ts'
import { offerBlindly } from '../../src/client/sync/reoffer.ts'
import { setEvent } from '../../src/core/event.ts'
import { dayMs } from '../../src/core/time.ts'
import { importRescue } from '../../src/server/rescue.ts'
import { addWalkIns, makeFile, openFile, outcomesOf } from './rescueFile.ts'
import { createTeam, type Device, type Organizer, type Server, serverState } from './world.ts'

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

/** The grant of a facilitator's device ended by itself, so many days ago. */
async function expire(device: Device, days: number): Promise<void> {
  const expired = { space, subject: `device:${device.identity.device().dev}` as const, role: 'facilitator' as const }
  const expiresAt = Date.now() - days * dayMs
  await server.store().putGrant({ ...expired, createdAt: 1, revokedAt: null, expiresAt })
}

/** Two rounds in which the device asks who it is. */
async function syncAnew(device: Device): Promise<void> {
  for (let round = 0; round < 2; round++) {
    device.engine.trigger('person')
    await device.sync()
  }
}

describe('[S7] what a restored server has lost', () => {
  /** The server was restored without the last op that Rahmat has read, its author is gone, and he has only noticed. */
  async function loseLast(): Promise<void> {
    siti.net.state = 'up'
    const copy = await server.backup()
    await addWalkIns(siti, organizer, 1)
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

  it('is brought again by whom carried it, though something beside it was refused and waits for a look', async () => {
    await addWalkIns(siti, organizer, 1)
    await (await siti.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
    const { file } = await makeFile(siti)
    await rahmat.sync()
    const copy = await server.backup()
    await openFile(rahmat, file)
    expect(await pushCarried(rahmat.db, rahmat.link, space)).toBeUndefined()
    expect(await serverState(server, space)).toContain('Peserta Contoh 1')
    await server.restore(copy)
    for (let round = 0; round < 2; round++) await rahmat.sync()
    expect(await serverState(server, space)).toContain('Peserta Contoh 1')
    expect(await server.store().countParked(space)).toBe(1)
    const { calls } = rahmat.net
    for (let round = 0; round < 2; round++) await rahmat.sync()
    expect(rahmat.net.calls - calls).toBe(2)
  })

  /** Rahmat delivered Siti's file to a server that was put back since; his grant has run out. */
  async function loseDelivered(): Promise<void> {
    await addWalkIns(siti, organizer, 1)
    const { file } = await makeFile(siti)
    await rahmat.sync()
    const copy = await server.backup()
    await openFile(rahmat, file)
    expect(await pushCarried(rahmat.db, rahmat.link, space)).toBeUndefined()
    await server.restore(copy)
    await expire(rahmat, 0)
  }

  it('is brought again by whom carried it and may not read the log any more, once his app is opened', async () => {
    await loseDelivered()
    await syncAnew(rahmat)
    expect((await rahmat.db.spaces.get(space))?.revoked).toBe(true)
    expect(await serverState(server, space)).toContain('Peserta Contoh 1')
  })

  it('is brought again by such a device also when the call for it gets through to nobody at first', async () => {
    await loseDelivered()
    await rahmat.db.spaces.update(space, { revoked: true })
    const offering = { ...rahmat, renewDevice: rahmat.identity.renew, wall: Date.now }
    rahmat.net.state = 'down'
    expect(await offerBlindly(offering, space)).toEqual({ kind: 'offline' })
    rahmat.net.state = 'up'
    expect(await offerBlindly(offering, space)).toBeUndefined()
    expect(await serverState(server, space)).toContain('Peserta Contoh 1')
  })

  it.each(['time', 'hand'])(
    'is told apart from what the server has of an author who is out of it for a month, when a grant ended by %s',
    async (how) => {
      await addWalkIns(siti, organizer, 1)
      const { file } = await makeFile(siti)
      await rahmat.sync()
      await openFile(rahmat, file)
      expect(await pushCarried(rahmat.db, rahmat.link, space)).toBeUndefined()
      const carried = await rahmat.db.carried.toArray()
      await expire(siti, 31)
      await expire(rahmat, 0)
      await rahmat.db.spaces.update(space, { revoked: true, ended: how === 'hand' })
      const failure = await offerBlindly({ ...rahmat, renewDevice: rahmat.identity.renew, wall: Date.now }, space)
      expect(failure).toBeUndefined()
      const now = await rahmat.db.carried.toArray()
      /** What is erased next must be told of before, as the server may have lost the author with his op. */
      if (how === 'hand') expect(now).toMatchObject([{ outcomes: [{ reason: 'unknownAuthor' }] }])
      else expect(now).toEqual(carried)
    },
  )

  it('is offered once, and no more, to a server that has taken nothing from its author for a month', async () => {
    siti.net.state = 'up'
    await addWalkIns(siti, organizer, 1)
    await siti.sync()
    await expire(siti, 31)
    await syncAnew(siti)
    const { calls } = siti.net
    for (let round = 0; round < 3; round++) expect((await siti.sync()).failure).toBeUndefined()
    expect(siti.net.calls).toBe(calls)
  })

  it('is in its quarantine again, brought by whom carried it', async () => {
    await (await siti.open(space)).commit([setEvent(space, { venue: 'Balai Contoh' })])
    const { file } = await makeFile(siti)
    const copy = await server.backup()
    await openFile(rahmat, file)
    await addWalkIns(rahmat, organizer, 1)
    await rahmat.sync()
    expect(await server.store().countParked(space)).toBe(1)
    await server.restore(copy)
    for (let round = 0; round < 2; round++) await rahmat.sync()
    expect(await server.store().countParked(space)).toBe(1)
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
    await sql`drop trigger ops_delete`.execute(db)
    for (const table of ['ops', 'spaces'] as const) await db.deleteFrom(table).where('space', '=', space).execute()
    expect(await importRescue(parts, text)).toMatchObject({ ok: true, value: { lost: { committed: count } } })
    expect((await parts.store.findSpace(space))?.head).toBe(count)
  })
})
