import { expect, it } from 'vitest'
import { outboxRows } from '../../src/client/db/outbox.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { oldestReader } from '../../src/protocol/version.ts'
import { createTeam, type Device, serverState } from './world.ts'

it('[S9] an app too old to read still sends, is told why it reads nothing, and reads all once it was updated', async () => {
  const { server, organizer, space, session, siti, rahmat, stop } = await createTeam()
  const seenBy = async (device: Device) => (await device.open(space)).people.value.size
  const walkIn = async (device: Device, name: string) =>
    recordWalkIn(await device.open(space), { name, nip: '' }, { session, method: 'facilitator' })

  siti.net.version = String(oldestReader - 1)
  await walkIn(siti, 'Budi')
  await walkIn(rahmat, 'Ani')
  await rahmat.sync()
  expect((await siti.sync()).failure).toEqual({ kind: 'clientTooOld' })
  expect(await outboxRows(siti.db, space, 'local')).toEqual([])
  await organizer.device.sync()
  await expect.poll(() => seenBy(organizer.device)).toBe(2)
  expect(await seenBy(siti)).toBe(1)

  siti.net.version = undefined
  await siti.sync()
  await expect.poll(() => seenBy(siti)).toBe(2)
  expect(await siti.state(space)).toBe(await serverState(server, space))
  await stop()
})
