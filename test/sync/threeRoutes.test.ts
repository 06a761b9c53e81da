import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { receiptsOf, signInOffline } from './guest.ts'
import { createTeam, type Device, openGate, serverState } from './world.ts'

let team: Awaited<ReturnType<typeof createTeam>>
let code: string

beforeAll(async () => {
  team = await createTeam()
  code = await openGate(team.organizer.device, team.space)
})
afterAll(() => team.stop())

async function carryCode(from: Device, by: Device): Promise<void> {
  const codes = await receiptsOf(from).make(team.space)
  const reading = codes.ok ? await receiptsOf(by).read(codes.value.code(0)) : undefined
  if (reading?.state !== 'whole') throw new Error(JSON.stringify(reading ?? codes))
  await receiptsOf(by).take(reading.receipt)
}

async function carryFile(from: Device, by: Device): Promise<void> {
  const read = await by.rescue.read(new Blob([(await from.rescue.make())?.text ?? '']))
  if (!read.ok) throw new Error(read.failure.kind)
}

/** How often an op of a device stands in the server's log. */
async function countInLog(author: Device): Promise<number> {
  const page = await team.server.store().readPage(team.space, undefined, { maxOps: 100_000, maxBytes: 100_000_000 })
  if (page?.state !== 'page') throw new Error('The server does not hold the space')
  return page.ops.filter(({ dev }) => dev === author.identity.device().dev).length
}

/** How many people of a name a device shows as present, each with how many facts. */
async function presentOn(device: Device, name: string): Promise<number[]> {
  const opened = await device.open(team.space)
  const attendance = opened.attendance.value.get(team.session)
  const people = [...opened.people.value.values()].filter((person) => person.name === name)
  return people.map(({ id }) => attendance?.get(id)?.facts.length ?? 0)
}

type Route = 'author' | 'code' | 'file'
const orders: Route[][] = [
  ['author', 'code', 'file'],
  ['author', 'file', 'code'],
  ['code', 'author', 'file'],
  ['code', 'file', 'author'],
  ['file', 'author', 'code'],
  ['file', 'code', 'author'],
]

describe('[S13] a sign-in that its author pushes, Siti carries as a code and Rahmat as a rescue file', () => {
  /** The sign-in on all three ways, none of which has a network yet. */
  async function setOut(name: string): Promise<Record<Route, Device>> {
    const author = await signInOffline(team.server, code, name)
    const { siti, rahmat } = team
    siti.net.state = rahmat.net.state = 'down'
    await carryCode(author, siti)
    await carryFile(author, rahmat)
    for (const carrier of [siti, rahmat]) await expect.poll(() => presentOn(carrier, name)).toEqual([1])
    expect(await countInLog(author)).toBe(0)
    return { author, code: siti, file: rahmat }
  }

  /** Nothing is left to send, and everybody holds the same one attendance. */
  async function expectOnce(by: Record<Route, Device>, name: string): Promise<void> {
    await team.organizer.device.sync()
    expect(await countInLog(by.author)).toBe(1)
    expect(await by.author.db.outbox.count()).toBe(0)
    expect(await sentAbove(by.author.db, team.space, 0)).toHaveLength(1)
    for (const carrier of [by.code, by.file]) {
      await carrier.sync()
      expect(await countUnsent(carrier.db)).toBe(0)
      expect(await carrier.db.carried.count()).toBe(0)
      expect(await carrier.state(team.space)).toBe(await serverState(team.server, team.space))
    }
    for (const device of [by.code, by.file, team.organizer.device])
      await expect.poll(() => presentOn(device, name)).toEqual([1])
  }

  test.each(orders.map((order) => [order.join(', '), order] as const))('arrives once: %s', async (words, order) => {
    const name = `Peserta ${words}`
    const by = await setOut(name)
    for (const route of order) {
      by[route].net.state = 'up'
      await by[route].sync()
      expect(await countInLog(by.author)).toBe(1)
    }
    await expectOnce(by, name)
  })

  test('arrives once when all three reconnect at the same moment', async () => {
    const name = 'Peserta serentak'
    const by = await setOut(name)
    const devices = Object.values(by)
    for (const device of devices) device.net.state = 'up'
    await Promise.all(devices.map((device) => device.sync()))
    await expectOnce(by, name)
  })

  test('arrives once when every answer is lost at first', async () => {
    const name = 'Peserta tanpa jawaban'
    const by = await setOut(name)
    for (const route of ['code', 'author', 'file'] as const) {
      by[route].net.state = 'answerLost'
      await by[route].sync()
    }
    for (const route of ['file', 'code', 'author'] as const) {
      by[route].net.state = 'up'
      await by[route].sync()
    }
    await expectOnce(by, name)
  })
})
