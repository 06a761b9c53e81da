import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { outboxRows } from '../../src/client/db/outbox.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { createFacilitator, createTeam, type Server } from './world.ts'

const ani = 'AAAAAAAAAAAAAAAAAAAAAA'

let team: Awaited<ReturnType<typeof createTeam>>

beforeEach(async () => {
  team = await createTeam()
  return team.stop
})

/** The server behind something that lets `isBlocked` calls through to nobody. */
function behind(server: Server, answer: () => Response) {
  const way = { isBlocked: (_path: string) => false }
  const fetch: Server['fetch'] = async (request) =>
    way.isBlocked(new URL(request.url).pathname) ? answer() : server.fetch(request)
  return { way, fetch }
}

/** Puts the clock on until the next round asks the session again; what it shows then. */
function askSessionAnew(): number {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
  onTestFinished(() => void vi.useRealTimers())
  return Date.now()
}

it('[S2] a server that answers while pushes are stopped on the way was reached: the alarm counts on it', async () => {
  const { way, fetch } = behind(team.server, () => new Response('<html>413</html>', { status: 413 }))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  way.isBlocked = (path) => path.endsWith('/push')
  await savePerson(await device.open(team.space), ani, { name: 'Ani Contoh', invited: true })
  const before = Date.now()
  const { failure, heldUp, lastContactAt } = await device.sync()
  expect([failure, heldUp]).toEqual([{ kind: 'notHadir' }, true])
  expect(lastContactAt).toBeGreaterThanOrEqual(before)
  expect(await outboxRows(device.db, team.space, 'local')).not.toEqual([])
})

it('a round in which nobody answered is no contact', async () => {
  const { way, fetch } = behind(team.server, () => new Response('<html>Masuk Wi-Fi</html>'))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  const { lastContactAt } = await device.sync()
  way.isBlocked = () => true
  expect(await device.sync()).toMatchObject({ failure: { kind: 'notHadir' }, heldUp: false, lastContactAt })
})

it('nothing is held up on its way where nothing is read either', async () => {
  const { way, fetch } = behind(team.server, () => new Response('', { status: 504 }))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  way.isBlocked = (path) => !path.endsWith('/session')
  const before = askSessionAnew()
  const status = await device.sync()
  expect(status).toMatchObject({ failure: { kind: 'notHadir' }, heldUp: false })
  expect(status.lastContactAt).toBeGreaterThanOrEqual(before)
})

it('[S10] a round that found the disk full was a contact all the same', async () => {
  const { way, fetch } = behind(team.server, () => new Response('<html>Masuk Wi-Fi</html>'))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  await savePerson(await device.open(team.space), ani, { name: 'Ani Contoh', invited: true })
  const before = askSessionAnew()
  device.db.sent.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(device.sync()).rejects.toThrow('full')
  way.isBlocked = () => true
  const { lastContactAt } = await device.sync()
  expect(lastContactAt).toBeGreaterThanOrEqual(before)
})
