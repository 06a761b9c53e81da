import { beforeEach, expect, it } from 'vitest'
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

it('[S2] a server that answers while pushes are stopped on the way was reached: the alarm counts on it', async () => {
  const { way, fetch } = behind(team.server, () => new Response('<html>413</html>', { status: 413 }))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  way.isBlocked = (path) => path.endsWith('/push')
  await savePerson(await device.open(team.space), ani, { name: 'Ani Contoh', invited: true })
  const before = Date.now()
  const { failure, answered, lastContactAt } = await device.sync()
  expect([failure, answered]).toEqual([{ kind: 'notHadir' }, true])
  expect(lastContactAt).toBeGreaterThanOrEqual(before)
  expect(await outboxRows(device.db, team.space, 'local')).not.toEqual([])
})

it('a round in which nobody answered is no contact', async () => {
  const { way, fetch } = behind(team.server, () => new Response('<html>Masuk Wi-Fi</html>'))
  const device = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(device)
  const { lastContactAt } = await device.sync()
  way.isBlocked = () => true
  expect(await device.sync()).toMatchObject({ failure: { kind: 'notHadir' }, answered: false, lastContactAt })
})
