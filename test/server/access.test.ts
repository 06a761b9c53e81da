import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { may, type SpaceRole, spaceRoles } from '../../src/core/access.ts'
import { setPerson } from '../../src/core/person.ts'
import { Refusal } from '../../src/protocol/failure.ts'
import { newId, newSecret } from '../../src/server/auth/keys.ts'
import { type Endpoint, endpoints } from '../../src/server/endpoints.ts'
import { everySpace, type Grant } from '../../src/server/store/store.ts'
import { openApiDocument } from '../../tools/openApiDocument.ts'
import {
  type Browser,
  enrol,
  makeBody,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  type TestDevice,
  type TestServer,
  type WireOp,
} from '../support/server.ts'

/**
 * Every operation of the OpenAPI document × everybody who may call it, in his own event and in another, against
 * core/access.ts. What the table of endpoints does not list is refused to all.
 */
type CallerKind =
  /** Signed in, and an organizer of every event; an auditor of every event. */
  | 'organization'
  | 'auditor'
  | SpaceRole
  /** Was that in the event: the grant was taken, ran out, or went with the whole device. */
  | `${SpaceRole} ${'revoked' | 'expired' | 'lost'}`
  /** Has a device and was never anything here that still counts ([S11]). */
  | 'stranger'
  | 'nobody'
const callerKinds: CallerKind[] = [
  ...(['organization', 'auditor', ...spaceRoles] as const),
  ...spaceRoles.flatMap((role) => [`${role} revoked`, `${role} expired`, `${role} lost`] as const),
  ...(['stranger', 'nobody'] as const),
]
/** What a caller is in his event, and whether he only was. */
const roleOf = (kind: CallerKind) => spaceRoles.find((role) => kind.startsWith(role))
const isFormer = (kind: CallerKind) => kind.includes(' ')

type Caller = { browser: Browser; device: TestDevice }

const space = newId()
const elsewhere = newId()
const unknown = newId()
let server: TestServer
let nextN = 1
const callers = new Map<CallerKind, Caller>()

function callerOf(kind: CallerKind): Caller {
  const caller = callers.get(kind)
  if (!caller) throw new Error(kind)
  return caller
}

/** Whoever comes in by a code of the team or of the gate, and is that in the event. */
async function makeMember(role: SpaceRole): Promise<Caller> {
  const [path, message] =
    role === 'attendee' ? ['gate', { open: newId(), close: null }] : ['invites', { role: role satisfies SpaceRole }]
  const given = await callerOf('organization').browser.post(`/api/v1/spaces/${space}/${path}`, message)
  const browser = server.openBrowser()
  return { browser, device: await enrol(browser, (await given.json()).code) }
}

/** Replaces what a member's device is. */
async function regrant({ device }: Caller, to: Partial<Grant>): Promise<void> {
  const { store } = server.deps
  const [grant] = await store.findGrants([`device:${device.dev}`], space)
  if (grant) await store.putGrant({ ...grant, ...to })
}

async function openSpace(id: string): Promise<void> {
  const { browser, device } = callerOf('organization')
  await browser.post(`/api/v1/spaces/${id}/push`, makePush(device, id, makeOps(1, nextN++)).request)
}

beforeAll(async () => {
  server = await makeServer()
  const organization = await openOrganizer(server)
  callers.set('organization', organization)
  callers.set('nobody', { browser: server.openBrowser(), device: organization.device })
  for (const id of [space, elsewhere]) await openSpace(id)
  const { now } = server.clock
  for (const role of spaceRoles) {
    callers.set(role, await makeMember(role))
    for (const end of ['revoked', 'expired', 'lost'] as const) callers.set(`${role} ${end}`, await makeMember(role))
    await regrant(callerOf(`${role} revoked`), { revokedAt: now })
    await regrant(callerOf(`${role} expired`), { expiresAt: now })
    const { dev } = callerOf(`${role} lost`).device
    const { browser } = organization
    const message = { change: 'revoke', reason: 'Hilang' }
    expect((await browser.post(`/api/v1/spaces/${space}/devices/${dev}`, message)).status).toBe(200)
  }
  callers.set('stranger', await makeMember('facilitator'))
  await regrant(callerOf('stranger'), { revokedAt: 1 })
  callers.set('auditor', await makeMember('viewer'))
  await regrant(callerOf('auditor'), { space: everySpace })
})

const hash = newSecret()
/** Requests that are answered with success, or with another status that tells that the caller was let in. */
const samples: Record<string, { status: number; body: (caller: Caller, space: string) => unknown }> = {
  'POST /spaces/:space/push': {
    status: 200,
    body: ({ device }, id) => makePush(device, id, makeOps(1, nextN++)).request,
  },
  'POST /spaces/:space/recover': {
    status: 400,
    body: () => ({
      ...{ epoch: newId(), after: 0, before: hash, chain: hash, witness: hash },
      ...{ devs: [newId()], ops: [[1, 0, 1, 1, 1, makeBody()]] },
    }),
  },
  'POST /account/name': { status: 200, body: () => ({ name: 'Organisator Uji' }) },
  'POST /account/password': {
    status: 200,
    body: () => ({ current: organizer.password, password: organizer.password }),
  },
  'POST /account/sign-outs': { status: 200, body: () => ({ device: null }) },
  'POST /account/passkeys/change': { status: 404, body: () => ({ id: 'A', name: null }) },
  'POST /reset-codes': { status: 404, body: () => ({ email: organizer.email }) },
  'POST /spaces/:space/gate': { status: 200, body: () => ({ open: newId(), close: null }) },
  'POST /spaces/:space/find': { status: 200, body: () => ({ by: 'nip', nip: '198609262015051001' }) },
  'POST /spaces/:space/invites': { status: 200, body: () => ({ role: 'facilitator' }) },
  'POST /spaces/:space/invites/:invite': { status: 404, body: () => ({ end: true }) },
  'POST /spaces/:space/quarantine/:dev': {
    status: 200,
    body: () => ({ decision: 'keep', reason: 'Uji', ops: [[1, newSecret()]] }),
  },
  'POST /spaces/:space/rights': {
    status: 404,
    body: () => ({ subject: `device:${newId()}`, role: null, reason: 'Uji' }),
  },
  'POST /spaces/:space/devices/:dev': { status: 404, body: () => ({ change: 'rename', name: 'Ponsel' }) },
  'POST /spaces/:space/forms/:form/ticket': {
    status: 404,
    body: () => ({ person: newId(), blinded: 'A'.repeat(44) }),
  },
}

/** What the access table says of a call: it is let in, or refused because nobody or not the right one asks. */
type Verdict = 'letIn' | 401 | 403
function verdict(who: Endpoint['who'], kind: CallerKind, isOwn: boolean): Verdict {
  if (who === 'anyone' || who === 'bearer') return 'letIn'
  if (kind === 'nobody') return 401
  if (who === 'account') return kind === 'organization' ? 'letIn' : 401
  if (kind === 'organization') return 'letIn'
  if (kind === 'stranger') return 403
  if (who === 'reader') return isFormer(kind) ? 403 : 'letIn'
  if (!isOwn && kind !== 'auditor') return 403
  if (who === 'standing') return 'letIn'
  return !isFormer(kind) && may(roleOf(kind) ?? 'viewer', who) ? 'letIn' : 403
}

const operations = Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
type Operation = (typeof operations)[number]
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

/** Sends a call; `{}` stands for what is no message at all. */
async function call(
  { path, method, operation: { operationId } }: Operation,
  { browser }: Caller,
  inSpace: string,
  body: unknown,
) {
  const address = path.replace('{space}', inSpace).replace(/\{\w+\}/g, newId())
  if (method === 'GET') return browser.get(address)
  const isRaw = endpoints.some((endpoint) => endpoint.request === 'bytes' && nameOf(endpoint) === operationId)
  const type = isRaw ? 'application/octet-stream' : 'application/json'
  return browser.send(address, { method, headers: { 'Content-Type': type }, body: JSON.stringify(body) })
}

async function readAnswer(response: Response): Promise<unknown> {
  if (response.headers.get('Content-Type') !== 'text/event-stream') return response.json()
  const { value } = (await response.body?.getReader().read()) ?? {}
  return JSON.parse(new TextDecoder().decode(value).replace('data: ', ''))
}

/** Why an answer is not what the table and the document say, or nothing. */
async function faultsOf(operation: Operation, kind: CallerKind, inSpace: string, isSample: boolean): Promise<string[]> {
  const { operationId, 'x-who': who, responses } = operation.operation
  const sample = isSample ? samples[operationId] : undefined
  const response = await call(operation, callerOf(kind), inSpace, sample?.body(callerOf(kind), inSpace) ?? {})
  const { status } = response
  const { answer } = endpoints.find((endpoint) => nameOf(endpoint) === operationId) ?? {}
  const body = typeof answer === 'object' || status >= 400 ? await readAnswer(response) : undefined
  const schema = status >= 400 ? v.strictObject(Refusal.entries) : typeof answer === 'object' ? answer : undefined
  const expected = verdict(who, kind, inSpace === space)
  const isLetIn = expected === 'letIn'
  const found: [isFault: boolean, words: string][] = [
    [status >= 500, 'is a fault of the server'],
    [!responses[status], 'is not in the document'],
    [!isLetIn && status !== expected, `instead of ${expected}`],
    [isLetIn && who !== 'bearer' && [401, 403].includes(status), 'though the table lets in'],
    [
      isLetIn && sample !== undefined && inSpace !== unknown && status !== sample.status,
      `instead of ${sample?.status}`,
    ],
    [who === 'bearer' && status < 400, 'though nothing was shown'],
    [schema !== undefined && !v.is('events' in schema ? schema.events : schema, body), 'answers another form'],
  ]
  const place = { [space]: 'own', [elsewhere]: 'another' }[inSpace] ?? 'no'
  const said = `${kind}, ${place} event, ${sample ? 'a sample' : 'nothing'}: ${status}`
  return found.flatMap(([isFault, words]) => (isFault ? [`${said} ${words}`] : []))
}

describe('what becomes of a check-in', () => {
  const mayWrite = new Set<CallerKind>(['organization', 'organizer', 'facilitator', 'attendee'])
  const fates = callerKinds
    .filter((kind) => kind !== 'stranger' && kind !== 'nobody')
    .map(
      (kind) =>
        [kind, mayWrite.has(kind) ? { state: 'committed' } : { state: 'parked', reason: 'notAllowed' }] as const,
    )
  test.each(fates)('of %s: %j', async (kind, fate) => {
    const { browser, device } = callerOf(kind)
    const response = await browser.post(
      `/api/v1/spaces/${space}/push`,
      makePush(device, space, makeOps(1, nextN++)).request,
    )
    expect((await response.json()).results).toMatchObject([fate])
  })
})

/** Signing out comes last: it ends who calls. */
const isEnding = ({ path }: Operation) => path.endsWith('/sign-out')
const named = (chosen: Operation[]) => chosen.map((each) => [each.operation.operationId, each] as const)

async function walk(operation: Operation): Promise<string[]> {
  const spaces = operation.path.includes('{space}') ? [space, elsewhere, unknown] : [space]
  const faults: string[] = []
  for (const kind of callerKinds)
    for (const inSpace of spaces)
      for (const isSample of [false, true]) faults.push(...(await faultsOf(operation, kind, inSpace, isSample)))
  return faults
}

test.each(named(operations.filter((each) => !isEnding(each))))('everybody calls %s', async (_, operation) => {
  expect(await walk(operation)).toEqual([])
})

const secretive = {
  name: 'Rahasia Contoh',
  nip: '199001012015051009',
  phone: '+6281299900011',
  institution: 'Kantor Umum',
}
const traces = /Rahasia|199001012015051009|81299900011/

describe('somebody on the list', () => {
  beforeAll(async () => {
    const { browser, device } = callerOf('organization')
    for (const id of [space, elsewhere]) {
      const ops: WireOp[] = [[nextN++, 1000, 1000, makeBody([setPerson(newId(), secretive)])]]
      await browser.post(`/api/v1/spaces/${id}/push`, makePush(device, id, ops).request)
    }
  })

  /** Every answer that a caller gets, but for streams, which hold numbers only. */
  async function read(kind: CallerKind): Promise<string[]> {
    const texts: string[] = []
    for (const operation of operations.filter((each) => !isEnding(each)))
      for (const inSpace of [space, elsewhere])
        for (const sample of [undefined, samples[operation.operation.operationId]]) {
          const message = sample?.body(callerOf(kind), inSpace) ?? {}
          const response = await call(operation, callerOf(kind), inSpace, message)
          if (response.headers.get('Content-Type') === 'text/event-stream') await response.body?.cancel()
          else texts.push(await response.text())
        }
    return texts
  }

  test('is in what the team reads', async () => {
    expect((await read('facilitator')).some((text) => traces.test(text))).toBe(true)
  })

  test.each(callerKinds.filter((kind) => isFormer(kind) || ['attendee', 'stranger', 'nobody'].includes(kind)))(
    'is in no answer to %s',
    async (kind) => {
      expect((await read(kind)).filter((text) => traces.test(text))).toEqual([])
    },
  )
})

describe('the table', () => {
  test('is all that the server mounts', () => {
    const listed = new Set(
      operations.map(({ method, operation }) => `${method} /api/v1${operation.operationId.split(' ')[1]}`),
    )
    const mounted = server.app.routes.filter(
      ({ path, method }) => path.startsWith('/api') && !(method === 'ALL' && path === '/api/*'),
    )
    expect(mounted.map(({ method, path }) => `${method} ${path}`).filter((name) => !listed.has(name))).toEqual([])
  })

  test.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s of what it does not list is not found',
    async (method) => {
      for (const path of ['/api/v1/admin', '/api/v1/spaces', `/api/v1/spaces/${space}`, '/api/auth/session']) {
        const headers = { 'Content-Type': 'application/json' }
        const response = await callerOf('organizer').browser.send(path, { method, headers })
        expect([path, response.status]).toEqual([path, 404])
      }
    },
  )
})

test('[S11] 30 days after the revocation nothing is taken in any more', async () => {
  const { browser, device } = callerOf('facilitator revoked')
  server.clock.now += 31 * 86_400_000
  const { request } = makePush(device, space, makeOps(1, nextN++))
  expect((await browser.post(`/api/v1/spaces/${space}/push`, request)).status).toBe(403)
})

test.each(named(operations.filter(isEnding)))('everybody calls %s', async (_, operation) => {
  expect(await walk(operation)).toEqual([])
})
