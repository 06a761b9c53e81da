import { afterEach, beforeEach, expect, it } from 'vitest'
import { savePerson } from '../../src/client/state/people.ts'
import { createDevice, createFacilitator, createOrganizer, createServer, type Device, type Server } from './world.ts'

let server: Server
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let siti: Device
const running: Device[] = []

beforeEach(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  siti = await createFacilitator(server, organizer.device, organizer.space, 'Siti')
  running.push(organizer.device, siti)
})
afterEach(async () => {
  for (const device of running.splice(0)) device.engine.stop()
  await server.stop()
})

it('a device whose storage was cleared says so, and goes on under a new key as the same holder', async () => {
  await savePerson(await siti.open(organizer.space), 'AAAAAAAAAAAAAAAAAAAAAA', { name: 'Ani Contoh', invited: true })
  await siti.sync()
  siti.engine.stop()
  const cleared = await createDevice(server, 'Siti', { copyOf: { cookies: siti.cookies } })
  running.push(cleared)
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
