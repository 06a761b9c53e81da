import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { readForms } from '../../src/core/form/form.ts'
import { readPeople } from '../../src/core/person.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { newId, newSecret } from '../../src/server/auth/keys.ts'
import { endpoints } from '../../src/server/endpoints.ts'
import { canonicalState } from '../support/canonicalState.ts'
import {
  addressOf,
  type Browser,
  enrol,
  makeBody,
  makeDevice,
  makeDist,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type ServerProcess,
  startProcess,
  type TestDevice,
  type TestServer,
  temporaryFolder,
  type WireOp,
} from '../support/server.ts'

/** Attacks that are tried elsewhere are named in SECURITY.md with their tests. */
type Caller = { browser: Browser; device: TestDevice }
let server: TestServer
let office: Caller
let space: string

beforeAll(async () => {
  server = await makeServer()
  office = await openOrganizer(server)
  space = newId()
  await push(office, makePush(office.device, space, makeOps(1)).request)
})

const push = async ({ browser }: Caller, request: object, to = space) =>
  (await browser.post(`/api/v1/spaces/${to}/push`, request)).json()
const headOf = async (id = space) => (await server.deps.store.findSpace(id))?.head

async function makeMember(): Promise<Caller> {
  const browser = server.openBrowser()
  const invited = await office.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'facilitator' })
  return { browser, device: await enrol(browser, (await invited.json()).code) }
}

async function openGate(): Promise<string> {
  return (await (await office.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })).json()).code
}

async function makeAttendee(): Promise<Caller & { owner: string }> {
  const browser = server.openBrowser()
  const device = await enrol(browser, await openGate())
  const { spaces } = await (await browser.get('/api/v1/session')).json()
  return { browser, device, owner: spaces[0].owner }
}

describe('over a bare socket', () => {
  let started: ServerProcess
  let port: number
  beforeAll(async () => {
    started = startProcess({ HADIR_DATA: temporaryFolder(), HADIR_DIST: makeDist() })
    port = Number(new URL(await addressOf(started)).port)
  })
  afterAll(async () => {
    started.process.kill('SIGTERM')
    await started.ended
  })

  /** As bytes: every client tidies an address before it sends it. */
  const ask = (target: string, method = 'GET') =>
    new Promise<string>((resolve) => {
      let answer = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
        )
      })
      socket.on('data', (part) => {
        answer += part.toString('latin1')
      })
      socket.on('close', () => resolve(answer))
    })

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/%252e%252e/package.json',
    '//etc/passwd',
    '/assets//etc/passwd',
    '/....//package.json',
    '/assets/%00.js',
    '/%',
    '/api/v1/spaces/..%2f..%2fhealth/pull',
    'http://127.0.0.1/../package.json',
    '/.git/config',
    '/hadir.db',
  ])('a path that climbs out of its folder finds nothing: %s', async (target) => {
    const answer = await ask(target)
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /)
    expect(answer).not.toMatch(/dependencies|root:|SQLite/)
  })

  test.each(['TRACE', 'TRACK', 'PROPFIND', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is nothing that it knows',
    async (method) => {
      for (const target of ['/', '/api/v1/health', '/api/v1/sign-in'])
        expect([target, await ask(target, method)]).toEqual([target, expect.stringMatching(/^HTTP\/1.1 4\d\d /)])
    },
  )
})

describe('pollution of prototypes', () => {
  const salt = 'AAAAAAAAAAA'
  const poison = '{"polluted":1,"name":"x"}'
  const bodies = [
    `["${salt}",["s","__proto__","__proto__",${poison}]]`,
    `["${salt}",["s","person","__proto__",${poison}]]`,
    `["${salt}",["s","person","x",{"__proto__":${poison}}]]`,
    `["${salt}",["s","form","x",{"a":{"__proto__":${poison}},"constructor":{"prototype":${poison}}}]]`,
    `["${salt}",["a","__proto__",{"__proto__":${poison}}]]`,
    `["${salt}",["a","constructor",{"prototype":${poison}}]]`,
    `["${salt}",["v",["__proto__","constructor"],"x"]]`,
  ]

  test('an op with such kinds, ids and fields changes its own space and nothing else', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const { device } = office
    const ops = bodies.map((body, at): WireOp => [10 + at, 1, 1, body])
    const { results } = await push(office, makePush(device, space, ops).request)
    expect(results.map(({ state }: { state: string }) => state)).toEqual(bodies.map(() => 'committed'))
    const folded = fold(ops.map(([n, wall, at, body]) => ({ dev: device.dev, n, wall, at, body })))
    readForms(folded)
    readPeople(folded)
    canonicalState(folded)
    const attendee = await makeAttendee()
    expect((await attendee.browser.get(`/api/v1/spaces/${space}/view`)).status).toBe(200)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('so does a request with such names', async () => {
    const { browser } = await makeAttendee()
    const text = `{"__proto__":${poison},"constructor":{"prototype":${poison}},"space":"${space}","form":"${newId()}","version":"${newId()}","nonce":"${newSecret()}","token":"${newSecret()}","answers":{"__proto__":"x","constructor":"y"}}`
    const headers = { 'Content-Type': 'application/json' }
    for (const { method, path, request } of endpoints)
      if (request) await browser.send(`/api/v1${path.replace(':space', space)}`, { method, headers, body: text })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

test('a record that is nested without end is none, so that nobody`s phone or view breaks on it', async () => {
  const { browser, device, owner } = await makeAttendee()
  const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
  const body = `["AAAAAAAAAAB",["s","person","${owner}AAAAAAAAAAA",{"name":${deep}}]]`
  const { results } = await push({ browser, device }, makePush(device, space, [[1, 1, 1, body]]).request)
  expect(results).toMatchObject([{ state: 'parked' }])
  const member = await makeMember()
  const { results: own } = await push(member, makePush(member.device, space, [[1, 1, 1, body]]).request)
  expect(own).toMatchObject([{ state: 'committed' }])
  for (const caller of [browser, member.browser])
    for (const call of ['view', 'pull'])
      expect((await caller.get(`/api/v1/spaces/${space}/${call}`)).status).toBeLessThan(500)
  const page = await (await member.browser.get(`/api/v1/spaces/${space}/pull`)).json()
  const ops = page.ops.map(([, dev, n, wall, at, text]: [0, number, number, number, number, string]) => ({
    ...{ dev: page.devs[dev], n, wall, at, body: text },
  }))
  expect(canonicalState(fold(ops))).not.toContain('[[[[')
})

describe('a push that is not what its author sealed', () => {
  test('replayed into another event in which its author is nothing, or something', async () => {
    const member = await makeMember()
    const { request } = makePush(member.device, space, makeOps(1))
    await push(member, request)
    const elsewhere = newId()
    await push(office, makePush(office.device, elsewhere, makeOps(1)).request, elsewhere)
    expect(await push(member, request, elsewhere)).toEqual({ kind: 'forbidden' })
    const subject = `device:${member.device.dev}` as const
    const grant = { space: elsewhere, subject, role: 'facilitator' as const, createdAt: 1, revokedAt: null }
    await server.deps.store.putGrant(grant)
    const before = await headOf(elsewhere)
    const { results } = await push(member, request, elsewhere)
    expect(results).toMatchObject([{ state: 'parked', reason: 'badSeal' }])
    expect(await headOf(elsewhere)).toBe(before)
  })

  test('sealed by another device in the author`s name', async () => {
    const [author, thief] = [await makeMember(), await makeMember()]
    const before = await headOf()
    const forged = { ...makePush(thief.device, space, makeOps(1)).request, dev: author.device.dev }
    await push(thief, forged)
    const { results } = await push(author, forged)
    expect(results).toMatchObject([{ state: 'parked', reason: 'badSeal' }])
    expect(await headOf()).toBe(before)
  })

  test('taken from the wire and sent as one`s own', async () => {
    const [author, thief] = [await makeMember(), await makeMember()]
    const { request } = makePush(author.device, space, makeOps(1))
    const { results } = await push(thief, { ...request, dev: thief.device.dev })
    expect(results).toMatchObject([{ state: 'parked', reason: 'badSeal' }])
  })

  test('an attendee who writes in the name of another attendee, or of the team', async () => {
    const [one, other] = [await makeAttendee(), await makeAttendee()]
    const set = (id: string) => makeBody([{ type: 'set', kind: 'person', id, fields: { name: 'Diganti' } }])
    const bodies = [
      set(`${other.owner}AAAAAAAAAAA`),
      set(newId()),
      set(one.owner),
      set(`${one.owner}${'A'.repeat(11)}x`),
    ]
    const ops = bodies.map((body, at): WireOp => [1 + at, 1, 1, body])
    const { results } = await push(one, makePush(one.device, space, ops).request)
    expect(results.map(({ state }: { state: string }) => state)).toEqual(bodies.map(() => 'parked'))
  })
})

describe('a write that another site makes the browser send', () => {
  const writes = endpoints.filter(({ method }) => method !== 'GET')
  const hostile: [string, Record<string, string>][] = [
    ['another origin', { Origin: 'https://jahat.example', 'Content-Type': 'application/json' }],
    ['a frame without an origin', { Origin: 'null', 'Content-Type': 'application/json' }],
    [
      'a name that only begins like ours',
      { Origin: 'http://localhost.jahat.example', 'Content-Type': 'application/json' },
    ],
    ['our name on another port', { Origin: 'http://localhost:8081', 'Content-Type': 'application/json' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', { 'Content-Type': 'multipart/form-data; boundary=x' }],
    ['a form of text', { 'Content-Type': 'text/plain' }],
    ['a beacon', {}],
  ]
  test.each(hostile)('%s is refused at every endpoint, before it does anything', async (_, headers) => {
    for (const { method, path } of writes) {
      const address = `/api/v1${path.replace(':space', space).replace(/:\w+/g, newId())}`
      const response = await office.browser.send(address, { method, headers, body: new TextEncoder().encode('{}') })
      expect([path, response.status]).toEqual([path, headers.Origin ? 403 : 400])
    }
    expect((await office.browser.get('/api/v1/session')).status).toBe(200)
    expect(await (await office.browser.get('/api/v1/session')).json()).toMatchObject({ device: {}, account: {} })
  })
})

test('a mass guess of join codes is told to wait, with the header that says how long, and finds nothing', async () => {
  const own = await makeServer()
  const guess = async () => {
    const browser = own.openBrowser()
    const device = makeDevice()
    const proof = device.seal(enrolMessage(device.point))
    return browser.post('/api/v1/enrol', { publicKey: device.point, proof, name: 'x', code: newId().slice(0, 8) })
  }
  expect((await guess()).status).toBe(404)
  await own.deps.guesses.take('gate', 1_000)
  const last = await guess()
  expect(last.status).toBe(429)
  const { retryAfterMs } = await last.json()
  expect(last.headers.get('Retry-After')).toBe(String(Math.ceil(retryAfterMs / 1000)))
})
