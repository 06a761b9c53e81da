import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
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
import { type Caller, resultsOf } from '../support/teamSite.ts'

let server: TestServer
let organizer: Caller
let space: string

beforeAll(async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
  space = newId()
  await send(organizer, makePush(organizer.device, space, makeOps(1)).request)
})

const send = ({ browser }: Caller, request: object, to = space) => browser.post(`/api/v1/spaces/${to}/push`, request)

async function makeMember(role: 'facilitator' | 'viewer' = 'facilitator'): Promise<Caller> {
  const browser = server.openBrowser()
  const invited = await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role })
  return { browser, device: await enrol(browser, (await invited.json()).code) }
}

async function revoke({ device }: Caller): Promise<void> {
  const { now } = server.clock
  const subject = `device:${device.dev}` as const
  await server.deps.store.putGrant({ space, subject, role: 'facilitator', createdAt: now, revokedAt: now })
}

const held = () => headAndParked(server.deps.store, space)

async function expectRefused(response: Response, status: number, kind: string): Promise<void> {
  expect([response.status, await response.json()]).toEqual([status, { kind }])
}

describe('[S13] a device that brings what another has sealed', () => {
  test('delivers it under its author’s name; brought again, or by the author, it changes nothing', async () => {
    const [author, carrier] = [await makeMember(), await makeMember()]
    const { request } = makePush(author.device, space, makeOps(3))
    const first = await resultsOf(await send(carrier, request))
    expect(first).toMatchObject([{ state: 'committed' }, { state: 'committed' }, { state: 'committed' }])
    const before = await held()
    expect(await resultsOf(await send(carrier, request))).toEqual(first)
    expect(await resultsOf(await send(author, request))).toEqual(first)
    expect(await held()).toEqual(before)
    const page = await (await carrier.browser.get(`/api/v1/spaces/${space}/pull`)).json()
    expect(page.devs).toContain(author.device.dev)
  })

  test('keeps nothing of a seal that is not the author’s, whoever made it', async () => {
    const [author, carrier] = [await makeMember(), await makeMember()]
    const before = await held()
    const { request } = makePush(author.device, space, makeOps(1))
    await expectRefused(await send(carrier, { ...request, signature: 'A'.repeat(86) }), 400, 'badRequest')
    const forger = { ...author.device, seal: carrier.device.seal }
    await expectRefused(await send(carrier, makePush(forger, space, makeOps(1)).request), 400, 'badRequest')
    expect(await held()).toEqual(before)
    expect(await resultsOf(await send(author, request))).toMatchObject([{ state: 'committed' }])
  })

  test('cannot bring an unknown device’s ops, nor a stranger’s to the event', async () => {
    const carrier = await makeMember()
    const before = await held()
    await expectRefused(await send(carrier, makePush(makeDevice(), space, makeOps(1)).request), 403, 'unknownAuthor')
    const stranger = await makeMember()
    const elsewhere = newId()
    await send(organizer, makePush(organizer.device, elsewhere, makeOps(1)).request, elsewhere)
    const { request } = makePush(stranger.device, elsewhere, makeOps(1))
    await expectRefused(await send(organizer, request, elsewhere), 403, 'unknownAuthor')
    expect(await held()).toEqual(before)
  })

  test('[S7] brings an author who was certified before a restore, and nobody whose certificate is another`s', async () => {
    const [carrier, author, other] = [await makeMember(), makeDevice(), makeDevice()]
    const { issuer } = server.deps
    const certify = (device: Caller['device'], owner: string, of = space) => {
      const publicKey = device.point
      return { publicKey, owner, signature: issuer.certify({ space: of, publicKey, owner }) }
    }
    const { request } = makePush(author, space, makeOps(1))
    const good = certify(author, 'A'.repeat(11))
    const before = await held()
    const bad = [
      certify(other, 'A'.repeat(11)),
      certify(author, 'A'.repeat(11), newId()),
      { ...good, owner: 'B'.repeat(11) },
    ]
    for (const certificate of bad)
      await expectRefused(await send(carrier, { ...request, certificate }), 403, 'unknownAuthor')
    expect([await held(), await server.deps.store.findDevice(author.dev)]).toEqual([before, undefined])
    const results = await resultsOf(await send(carrier, { ...request, certificate: good }))
    expect(results).toMatchObject([{ state: 'committed' }])
    const foreign = makeOps(1, 2).map(
      ([n, wall, at]): WireOp => [
        ...([n, wall, at] as const),
        makeBody([{ type: 'set', kind: 'person', id: newId(), fields: { name: 'Contoh' } }]),
      ],
    )
    const second = makePush(author, space, foreign).request
    expect(await resultsOf(await send(carrier, { ...second, certificate: good }))).toMatchObject([{ state: 'parked' }])
    await server.deps.store.putGrant({
      ...{ space, subject: `device:${author.dev}`, role: 'attendee', owner: good.owner, createdAt: 1 },
      revokedAt: server.clock.now - 31 * 86_400_000,
    })
    await expectRefused(await send(carrier, { ...second, certificate: good }), 403, 'unknownAuthor')
  })

  test('needs a right to push of its own, or to have had one lately', async () => {
    const [author, viewer, revoked] = [await makeMember(), await makeMember('viewer'), await makeMember()]
    await revoke(revoked)
    const { request } = makePush(author.device, space, makeOps(1))
    const before = await held()
    await expectRefused(await send(viewer, request), 403, 'forbidden')
    server.clock.now += 31 * 86_400_000
    await expectRefused(await send(revoked, request), 403, 'forbidden')
    server.clock.now -= 31 * 86_400_000
    expect(await held()).toEqual(before)
    expect(await resultsOf(await send(revoked, request))).toMatchObject([{ state: 'committed' }])
  })

  test('[S11] an author revoked before goes to quarantine, and later nowhere', async () => {
    const author = await makeMember()
    const { request } = makePush(author.device, space, makeOps(1))
    await revoke(author)
    expect(await resultsOf(await send(organizer, request))).toEqual([{ state: 'parked', n: 1, reason: 'notAllowed' }])
    server.clock.now += 31 * 86_400_000
    await expectRefused(
      await send(organizer, makePush(author.device, space, makeOps(1, 2)).request),
      403,
      'unknownAuthor',
    )
    server.clock.now -= 31 * 86_400_000
  })

  test('lends its author no rights of its own', async () => {
    const author = await makeMember('viewer')
    const { request } = makePush(author.device, space, makeOps(1))
    expect(await resultsOf(await send(organizer, request))).toMatchObject([{ state: 'parked', reason: 'notAllowed' }])
  })
})
