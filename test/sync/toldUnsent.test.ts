import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { BlobRow } from '../../src/client/db/blobRow.ts'
import { addCarried } from '../../src/client/db/carried.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { toCarried } from '../../src/client/sync/carry.ts'
import { encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { maxPushOps } from '../../src/protocol/limits.ts'
import { createFacilitator, createTeam, type Device } from './world.ts'

/** How much each phone has not sent, as the organizer's list of the team shows it while the phone is away. */

let team: Awaited<ReturnType<typeof createTeam>>
let phone: Device
/** What calls meet on their way; the first of them that are named here get through. */
let stopped: { path: string; after: number } | undefined

beforeEach(async () => {
  team = await createTeam()
  stopped = undefined
  const fetch = async (request: Request) => {
    const isStopped = stopped && new URL(request.url).pathname.endsWith(stopped.path) && stopped.after-- <= 0
    return isStopped ? new Response('', { status: 504 }) : team.server.fetch(request)
  }
  phone = await createFacilitator({ fetch }, team.organizer.device, team.space, 'Wati')
  team.devices.push(phone)
  /** The next round asks the session again, and tells there what waits. */
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
  onTestFinished(() => void vi.useRealTimers())
  return team.stop
})

async function write(device: Device, count: number): Promise<void> {
  const opened = await device.open(team.space)
  for (let i = 0; i < count; i++) await savePerson(opened, opened.newId(), { name: 'Ani Contoh', invited: true })
}

async function told({ identity }: Device): Promise<number | null | undefined> {
  const answer = await team.organizer.device.link.team(team.space)
  const members = answer.ok ? answer.value.members : []
  return members.find(({ dev }) => dev === identity.device().dev)?.unsent
}

it('is nothing once the last push was taken, with no call more than without anything told', async () => {
  await write(phone, 3)
  const { calls } = phone.net
  await phone.sync()
  expect(await told(phone)).toBe(0)
  expect(phone.net.calls - calls).toBe(3)
})

it('is nothing behind as many as are read at once, too', async () => {
  await write(phone, 1)
  const [first] = await phone.db.outbox.toArray()
  if (!first) throw new Error('Nothing waits')
  const person = (n: number) => [setPerson(`person-${n}`, { name: 'Ani Contoh', invited: true })]
  const more = Array.from({ length: maxPushOps - 1 }, (_, i) => first.n + 1 + i)
  const body = (n: number) => encodeBody(`salt-${String(n).padStart(6, '0')}`, person(n))
  await phone.db.outbox.bulkAdd(more.map((n) => ({ ...first, n, body: body(n) })))
  await phone.sync()
  expect(await countUnsent(phone.db)).toBe(0)
  expect(await told(phone)).toBe(0)
})

it('is what a push that did not get through has left, behind those before it that did', async () => {
  await write(phone, 3)
  const [, second] = await phone.db.outbox.toArray()
  /** A number that is not in it ends a batch. */
  if (second) await phone.db.outbox.put({ ...second, state: 'released' })
  stopped = { path: '/push', after: 1 }
  await phone.sync()
  expect(await countUnsent(phone.db)).toBe(1)
  expect(await told(phone)).toBe(1)
})

it('stays as it was told where no push gets through', async () => {
  await write(phone, 3)
  stopped = { path: '/push', after: 0 }
  await phone.sync()
  expect(await told(phone)).toBe(3)
})

it('counts what no push takes along, as a file that waits', async () => {
  const row: BlobRow = {
    ...{ space: team.space, hash: 'H'.repeat(43), type: 'application/pdf', sizeBytes: 1, state: 'waiting' },
    ...{ addedAt: Date.now(), settledAt: 0, checkedAt: 0 },
  }
  await phone.db.blobs.put(row)
  await write(phone, 2)
  await phone.sync()
  expect(await told(phone)).toBe(1)
})

it('[S13] leaves out what was carried for another once that is delivered', async () => {
  const { siti, space } = team
  await write(siti, 2)
  const made = await siti.rescue.make()
  const [push] = JSON.parse(made?.text ?? '').spaces[0].pushes
  await addCarried(phone.db, [toCarried(space, push, { from: 'file', takenAt: Date.now() })])
  await write(phone, 1)
  await phone.sync()
  expect(await countUnsent(phone.db)).toBe(0)
  expect(await told(phone)).toBe(0)
})
