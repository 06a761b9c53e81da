import { beforeEach, describe, expect, test } from 'vitest'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  type Browser,
  enrol,
  makeDevice,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let organizer: Awaited<ReturnType<typeof openOrganizer>>
let space: string
let code: string

beforeEach(async () => {
  server = await makeServer()
  organizer = await openOrganizer(server)
  space = newId()
  await organizer.browser.post(`/api/v1/spaces/${space}/push`, makePush(organizer.device, space, makeOps(1)).request)
  const opened = await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
  code = (await opened.json()).code
})

const tryCode = (browser: Browser, typed: string) =>
  enrol(browser, typed).then(
    () => 'in',
    (error: Error) => /"kind":"(\w+)"/.exec(error.message)?.[1],
  )

describe('a gate', () => {
  test('a link preview that GETs the page changes nothing', async () => {
    const heads = () => server.deps.store.listHeads()
    const before = await heads()
    const preview = server.openBrowser()
    const response = await preview.get(`/m/${code.slice(0, 4)}`)
    expect([response.status, preview.cookies.size]).toEqual([200, 0])
    expect(await heads()).toEqual(before)
  })

  test('lets in a village behind one address; a closed code is no guess', async () => {
    for (let i = 0; i < 40; i++) expect(await tryCode(server.openBrowser(), code)).toBe('in')
    await server.deps.guesses.take('gate', 999)
    await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: null, close: code })
    for (let i = 0; i < 3; i++) expect(await tryCode(server.openBrowser(), code)).toBe('expired')
    expect(await tryCode(server.openBrowser(), '22222222')).toBe('notFound')
    expect(await tryCode(server.openBrowser(), '22222222')).toBe('tooMany')
  })

  test('guesses are bounded for all addresses together', async () => {
    server = await makeServer(undefined, undefined, 1)
    await openOrganizer(server)
    const { point, seal } = makeDevice()
    const guess = async (address: string) => {
      const message = { publicKey: point, proof: seal(enrolMessage(point)), name: 'Ponsel', code: '22222222' }
      return (await server.openBrowser().post('/api/v1/enrol', message, { 'X-Forwarded-For': address })).status
    }
    await server.deps.guesses.take('gate', 998)
    const statuses = []
    for (const address of ['2001:db8::1', '192.0.2.1', '2001:db8:0:1::1', '198.51.100.7'])
      statuses.push(await guess(address))
    expect(statuses).toEqual([404, 404, 429, 429])
  })

  test('whoever guesses closes neither a hall that is being entered nor the team’s own codes', async () => {
    const invited = await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'facilitator' })
    const { code: invitation } = await invited.json()
    expect(await tryCode(server.openBrowser(), code)).toBe('in')
    const { code: unused } = await (
      await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
    ).json()
    await server.deps.guesses.take('gate', 1_000)
    expect(await tryCode(server.openBrowser(), unused)).toBe('tooMany')
    expect(await tryCode(server.openBrowser(), code)).toBe('in')
    expect(await tryCode(server.openBrowser(), invitation)).toBe('in')
    server.clock.now += 3_600_000
    expect(await tryCode(server.openBrowser(), code)).toBe('tooMany')
  })

  test('is noted in the history when it opens and when it closes, and not when it is said again', async () => {
    const url = `/api/v1/spaces/${space}/gate`
    const id = newId()
    const { code: other } = await (await organizer.browser.post(url, { open: id, close: null })).json()
    for (const close of [null, other, other]) await organizer.browser.post(url, { open: close ? null : id, close })
    const { entries } = await (await organizer.browser.get(`/api/v1/spaces/${space}/audit`)).json()
    const ofGate = entries.filter(({ about }: { about: string }) => about === id)
    expect(ofGate.map(({ kind, dev }: { kind: string; dev: string }) => [kind, dev])).toEqual([
      ['gateClosed', organizer.device.dev],
      ['gateOpened', organizer.device.dev],
    ])
  })

  test('its grant ends 30 days after the attendee was last here, and a revoked one stays revoked', async () => {
    const browser = server.openBrowser()
    const device = await enrol(browser, code)
    const view = () => browser.get(`/api/v1/spaces/${space}/view`)
    server.clock.now += 20 * 86_400_000
    expect((await view()).status).toBe(200)
    server.clock.now += 20 * 86_400_000
    expect((await view()).status).toBe(200)
    const [grant] = await server.deps.store.findGrants([`device:${device.dev}`], space)
    if (!grant) throw new Error('no grant')
    await server.deps.store.putGrant({ ...grant, revokedAt: server.clock.now })
    expect((await view()).status).toBe(403)
    server.clock.now += 31 * 86_400_000
    expect(await browser.get('/api/v1/session').then((answer) => answer.json())).toMatchObject({ spaces: [] })
    await expect(enrol(browser, code, device)).rejects.toThrow('"kind":"forbidden"')
    expect((await view()).status).toBe(403)
  })

  test('[S11] a device that was revoked as a whole is not let in again', async () => {
    const browser = server.openBrowser()
    const device = await enrol(browser, code)
    const { clock, deps } = server
    const note = { at: clock.now, space: '*', account: null, dev: null, about: null, reason: 'Hilang', detail: {} }
    await deps.store.revokeDevice(device.dev, clock.now, { ...note, kind: 'deviceRevoked' })
    await expect(enrol(browser, code, device)).rejects.toThrow('"kind":"forbidden"')
    expect((await browser.get(`/api/v1/spaces/${space}/view`)).status).toBe(403)
  })

  test('a view that did not change is not sent again', async () => {
    const browser = server.openBrowser()
    await enrol(browser, code)
    const path = `/api/v1/spaces/${space}/view`
    const tag = (await browser.get(path)).headers.get('ETag') ?? ''
    const again = await browser.send(path, { headers: { 'If-None-Match': tag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })
})
