import { afterEach, beforeEach, expect, it } from 'vitest'
import { pruneOutbox } from '../../src/client/db/prune.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
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
  for (let i = 1; i <= 5; i++) await walkIn(`Peserta Contoh ${i}`)
  await siti.sync()
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

const numbersOf = async () => (await siti.db.outbox.orderBy(':id').toArray()).map(({ n }) => n)
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

it('[S5] what no backup holds, what is parked, and the link before it stay', async () => {
  await siti.db.outbox.update([space, siti.identity.device().dev, 3], { state: 'parked', parkedFor: 'notAllowed' })
  await backUpThrough((await head()) - 1)
  await pruneOutbox(siti.db, space, later())
  expect(await numbersOf()).toEqual([2, 3, 4, 5])
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

it('[S8] an op that is offered again is the same op, though the one before it was pruned', async () => {
  await backUpThrough(await head())
  await pruneOutbox(siti.db, space, later())
  const { dev } = siti.identity.device()
  const before = await head()
  await siti.db.outbox.update([space, dev, 5], { state: 'local' })
  await siti.sync()
  expect(await siti.db.outbox.toArray()).toMatchObject([{ dev, n: 5, state: 'sent' }])
  expect([siti.identity.device().dev, await head()]).toEqual([dev, before])
})
