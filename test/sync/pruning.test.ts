import { afterEach, beforeEach, expect, it } from 'vitest'
import { offerAgain, outboxRows } from '../../src/client/db/outbox.ts'
import { pruneBallots, pruneBlobs, pruneOutbox } from '../../src/client/db/prune.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { createBallotSender } from '../../src/client/sync/ballots.ts'
import { fail, ok } from '../../src/core/result.ts'
import { createFacilitator, createOrganizer, createServer, type Device, type Server, serverState } from './world.ts'

const later = () => Date.now() + 31 * 86_400_000

let server: Server
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let space: string
let siti: Device

beforeEach(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  space = organizer.space
  siti = await createFacilitator(server, organizer.device, space, 'Siti')
  for (let i = 1; i <= 5; i++) {
    await walkIn(`Peserta Contoh ${i}`)
    await siti.sync()
  }
})

afterEach(async () => {
  for (const device of [organizer.device, siti]) device.engine.stop()
  await server.stop()
})

async function walkIn(name: string): Promise<void> {
  const fields = { name, nip: '', invited: false }
  await recordWalkIn(await siti.open(space), fields, { session: organizer.session, method: 'facilitator' })
}

/** A verified backup holds the log up to this op, and Siti has heard of it. */
async function backUpThrough(backed: number): Promise<void> {
  await server.store().accounts.db.updateTable('spaces').set({ backed }).where('space', '=', space).execute()
  await siti.sync()
  expect((await siti.db.spaces.get(space))?.backedUpThrough).toBe(backed)
}

const sent = () => sentAbove(siti.db, space, 0)
const numbersOf = async () => (await sent()).map(({ n }) => n)

/** As if the server had asked for this op again. */
async function offer(n: number): Promise<void> {
  const rows = (await sent()).filter((row) => row.n === n)
  const { db } = siti
  await db.transaction('rw', [db.outbox, db.sent, db.ballots], () => offerAgain(db, space, rows))
}
const head = async () => (await server.store().findSpace(space))?.head ?? 0

it('[S5] what a backup holds is pruned after 30 days, but for the last; the state is the same to the byte', async () => {
  await backUpThrough(await head())
  const before = await siti.state(space)
  await pruneOutbox(siti.db, space, Date.now())
  expect(await numbersOf()).toEqual([1, 2, 3, 4, 5])
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([5])
  expect(await siti.state(space)).toBe(before)
  await walkIn('Peserta Contoh 6')
  await siti.sync()
  expect(await numbersOf()).toEqual([5, 6])
  expect(await siti.state(space)).toBe(await serverState(server, space))
})

it('[S5] what no backup holds stays, and the link before what still waits', async () => {
  await backUpThrough((await head()) - 1)
  await offer(3)
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([2, 5])
  expect(await outboxRows(siti.db, space, 'local')).toMatchObject([{ n: 3 }])
})

it('[S5] a run is pruned as a whole, once the last op of it may be', async () => {
  for (let i = 6; i <= 7; i++) await walkIn(`Peserta Contoh ${i}`)
  await siti.sync()
  await walkIn('Peserta Contoh 8')
  await siti.sync()
  await backUpThrough((await head()) - 2)
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([6, 7, 8])
  await backUpThrough(await head())
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([8])
})

it('[S5] an op that is not in the pages of this device stays', async () => {
  await backUpThrough(await head())
  const last = await siti.db.pages.where('[space+after]').between([space, 0], [space, 1e9]).last()
  if (!last) throw new Error('Siti has read nothing')
  const { dev } = siti.identity.device()
  await siti.db.pages.put({ ...last, ops: last.ops.replaceAll(dev, 'D'.repeat(22)) })
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([1, 2, 3, 4, 5])
})

const anAnswer = { form: 'F', version: 'V', token: 'T', answers: {}, sendAt: 0 }

it('an anonymous answer is pruned once the server has it, and not for its age', async () => {
  const states = ['refused', 'released', 'sent', 'waiting'] as const
  await siti.db.ballots.bulkAdd(states.map((state) => ({ ...anAnswer, space, nonce: state, state })))
  await pruneBallots(siti.db, space, Date.now())
  expect((await siti.db.ballots.toArray()).map(({ state }) => state)).toEqual(['refused', 'released', 'waiting'])
})

it('[S7] an anonymous answer is kept for a month, though the clock was behind as it was sent', async () => {
  const clockErrorMs = Date.now() - later()
  const { db, link, engine } = await createFacilitator(server, organizer.device, space, 'Jam', { clockErrorMs })
  engine.stop()
  await db.ballots.add({ ...anAnswer, space, nonce: 'N', state: 'waiting' })
  const parts = { wall: () => Date.now() + clockErrorMs, random: () => 0 }
  const send = createBallotSender({ db, link: { ...link, ballot: async () => ok(undefined) }, ...parts })
  expect(await send(space, 'sent')).toBeUndefined()
  await pruneBallots(db, space, Date.now())
  expect(await db.ballots.toArray()).toMatchObject([{ state: 'sent' }])
})

it('a file is pruned once the server has it or a person let go of it, and not for its age', async () => {
  const file = { space, type: 'application/pdf', sizeBytes: 9, addedAt: 1, settledAt: 1, checkedAt: 1 }
  const states = ['paused', 'refused', 'released', 'sent', 'waiting'] as const
  await siti.db.blobs.bulkAdd(states.map((state) => ({ ...file, hash: state, state })))
  for (const now of [Date.now(), later()]) await pruneBlobs(siti.db, now)
  expect((await siti.db.blobs.toArray()).map(({ state }) => state)).toEqual(['paused', 'refused', 'waiting'])
})

it.each(['heard', 'lost'])(
  '[S8] an op whose first answer was %s and that is offered again is the same op, though the one before it was pruned',
  async (answer) => {
    await walkIn('Peserta Contoh 6')
    const { push } = siti.link
    siti.link.push = async (...given) => {
      const answered = await push(...given)
      return answer === 'lost' ? fail({ kind: 'offline' as const }) : answered
    }
    /** The log tells of it in any case. */
    await siti.sync()
    siti.link.push = push
    await siti.sync()
    await backUpThrough(await head())
    await pruneOutbox(siti.db, space, later())
    const { dev } = siti.identity.device()
    const before = await head()
    await offer(6)
    await siti.sync()
    expect(await sent()).toMatchObject([{ dev, n: 6 }])
    expect(await siti.db.outbox.count()).toBe(0)
    expect([siti.identity.device().dev, await head()]).toEqual([dev, before])
  },
)
