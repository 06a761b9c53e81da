import { beforeEach, describe, expect, test } from 'vitest'
import { maxBodyBytes } from '../../src/core/op.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { attendeeShare } from '../../src/server/auth/intake.ts'
import { hashSecret, newId } from '../../src/server/auth/keys.ts'
import {
  enrol,
  makeBody,
  makeDevice,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestServer,
  type WireOp,
} from '../support/server.ts'
import { headAndParked } from '../support/stores.ts'
import type { Caller } from '../support/teamSite.ts'

let server: TestServer
let organizer: Caller
let space: string
let code: string

beforeEach(async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
  space = newId()
  await send(organizer, makePush(organizer.device, space, makeOps(1)).request)
  code = await openGate()
})

async function openGate(): Promise<string> {
  const opened = await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
  return (await opened.json()).code
}

async function makeAttendee(through = code): Promise<Caller> {
  const browser = server.openBrowser()
  return { browser, device: await enrol(browser, through) }
}

const send = ({ browser }: Caller, request: object) => browser.post(`/api/v1/spaces/${space}/push`, request)

/** What a refusal says, and whether it names a time to wait in both places. */
async function refusalOf(response: Response) {
  const { kind, retryAfterMs } = await response.json()
  return { status: response.status, kind, waits: retryAfterMs > 0 && Number(response.headers.get('Retry-After')) > 0 }
}

/** An own attendance with an answer of this many characters. */
const longOp = (n: number, length: number): WireOp => [
  n,
  1000,
  1000,
  makeBody([{ type: 'add', kind: 'response', fields: { text: 'x'.repeat(length) } }]),
]

/** Fills what an attendee's devices may have in the space, but for one op; the last link of his chain. */
async function fill({ device }: Caller): Promise<Uint8Array> {
  let last: Uint8Array | undefined
  for (let from = 1; from < attendeeShare.ops; from += 500) {
    const count = Math.min(500, attendeeShare.ops - from)
    const push = makePush(device, space, makeOps(count, from), last)
    last = push.last
    expect((await send({ ...organizer, device }, push.request)).status).toBe(200)
  }
  return last ?? new Uint8Array()
}

const held = () => headAndParked(server.deps.store, space)

describe('what an attendee`s devices may push', () => {
  test('has an end, at which nothing that was told to be there is lost, and the team can bring more', async () => {
    const attendee = await makeAttendee()
    const { device } = attendee
    const last = await fill(attendee)
    const one = makePush(device, space, makeOps(1, attendeeShare.ops), last)
    const answered = await (await send(attendee, one.request)).json()
    expect(answered.results).toMatchObject([{ state: 'committed' }])
    const more = makePush(device, space, makeOps(3, attendeeShare.ops + 1), one.last).request
    const before = await held()
    expect(await refusalOf(await send(attendee, more))).toEqual({ status: 429, kind: 'shareUsed', waits: true })
    expect(await held()).toEqual(before)
    expect((await (await send(attendee, one.request)).json()).results).toEqual(answered.results)
    const carried = await (await send(organizer, more)).json()
    expect(carried.results).toMatchObject([1, 2, 3].map(() => ({ state: 'committed' })))
    expect((await (await send(attendee, more)).json()).results).toEqual(carried.results)
  })

  test('is bounded for all of his keys and carriers together, and others are not concerned', async () => {
    const attendee = await makeAttendee()
    await fill(attendee)
    const renewed = { browser: attendee.browser, device: await enrol(attendee.browser) }
    const other = await makeAttendee()
    const more = makePush(renewed.device, space, makeOps(2)).request
    for (const carrier of [renewed, other]) expect((await refusalOf(await send(carrier, more))).kind).toBe('shareUsed')
    expect((await send(other, makePush(other.device, space, makeOps(2)).request)).status).toBe(200)
  })

  test('counts what is parked, too', async () => {
    const attendee = await makeAttendee()
    const forbidden = makeBody([{ type: 'set', kind: 'event', id: newId(), fields: {} }])
    let refusal: string | undefined
    for (let from = 1; from <= 2 * attendeeShare.ops && !refusal; from += 500) {
      const ops = Array.from({ length: 500 }, (_, i): WireOp => [from + i, 1, 1, forbidden])
      const response = await send(attendee, makePush(attendee.device, space, ops).request)
      if (!response.ok) refusal = (await refusalOf(response)).kind
    }
    expect([refusal, (await held()).parked]).toEqual(['shareUsed', attendeeShare.ops])
  })

  test('an op holds whatever a phone lets him save, and no more', async () => {
    const attendee = await makeAttendee()
    const ops = [longOp(1, maxBodyBytes - 1_000), longOp(2, maxBodyBytes)]
    const { results } = await (await send(attendee, makePush(attendee.device, space, ops).request)).json()
    expect(results).toMatchObject([{ state: 'committed' }, { state: 'parked', reason: 'tooLarge' }])
  })

  test('a rush of many devices is slowed, while each may still send what people write', async () => {
    await server.deps.pushedBytes.take(space, 'somebody', 100_000_000)
    await server.deps.pushedBytes.take(space, 'somebody', 100_000_000)
    const attendee = await makeAttendee()
    const first = makePush(attendee.device, space, makeOps(10))
    expect((await send(attendee, first.request)).status).toBe(200)
    const large = makePush(attendee.device, space, [longOp(11, 60_000)], first.last).request
    expect(await refusalOf(await send(attendee, large))).toEqual({ status: 429, kind: 'tooMany', waits: true })
    expect((await send(organizer, large)).status).toBe(200)
  })
})

describe('a door', () => {
  async function enter(browser: Caller['browser'], through: string, { point, seal } = makeDevice()): Promise<string> {
    const [publicKey, proof] = [point, seal(enrolMessage(point))]
    const response = await browser.post('/api/v1/enrol', { publicKey, proof, name: 'Ponsel', code: through })
    if (response.ok) return 'in'
    const { kind, waits } = await refusalOf(response)
    return waits ? `${kind}, waits` : kind
  }
  const rush = async (count: number, address: string) => {
    for (let i = 0; i < count; i++) await server.deps.doors.take(hashSecret(code), address)
  }

  test('lets in a hall of 1,000 behind one address at once, and then asks for patience', async () => {
    await rush(1_199, 'unknown')
    const [inside, device] = [server.openBrowser(), makeDevice()]
    expect(await enter(inside, code, device)).toBe('in')
    expect(await enter(server.openBrowser(), code)).toBe('tooMany, waits')
    expect(await enter(inside, code, device)).toBe('in')
    expect(await enter(server.openBrowser(), await openGate())).toBe('in')
  })

  test('keeps room for a hall when a stranger at another address rushes it', async () => {
    await rush(5_000, 'stranger')
    for (let i = 0; i < 40; i++) expect(await enter(server.openBrowser(), code)).toBe('in')
  })

  test('has an end for all addresses together, and for keys that a device makes anew', async () => {
    const attendee = await makeAttendee()
    await server.deps.doorLimiter.take(hashSecret(code), 10_000)
    expect(await enter(server.openBrowser(), code)).toBe('tooMany, waits')
    for (let i = 0; i < 1_200; i++) await server.deps.doors.take('renewed', 'unknown')
    await expect(enrol(attendee.browser)).rejects.toThrow('tooMany')
  })
})

describe('the search among the invited', () => {
  const find = ({ browser }: Caller, nip: string) => browser.post(`/api/v1/spaces/${space}/find`, { by: 'nip', nip })

  test('has room for everybody, however many devices have found nobody', async () => {
    for (let i = 0; i < 3_000; i++) await server.deps.misses.take(space, `device ${i % 100}`)
    const attendee = await makeAttendee()
    for (let i = 0; i < 3; i++) expect((await find(attendee, `19860926201505100${i}`)).status).toBe(200)
    expect(await refusalOf(await find(attendee, '198609262015051009'))).toEqual({
      status: 429,
      kind: 'tooMany',
      waits: true,
    })
  })
})
