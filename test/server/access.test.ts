import { beforeAll, describe, expect, test } from 'vitest'
import { newId, newSecret } from '../../src/server/auth/keys.ts'
import {
  type Browser,
  enrol,
  makeBody,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestDevice,
  type TestServer,
} from '../support/server.ts'

type Who =
  | 'organization'
  | 'organizer'
  | 'facilitator'
  | 'viewer'
  | 'attendee'
  | 'attendeeElsewhere'
  | 'revoked'
  | 'stranger'
  | 'nobody'
const endpoints = ['push', 'pull', 'recover', 'invites', 'team', 'gate', 'view', 'find', 'ticket'] as const
type Endpoint = (typeof endpoints)[number]

/**
 * Every endpoint of a space × every role: the status of the answer. What is brought back here was never the server's, and
 * the ticket is for a form that does not exist.
 */
const walk: Record<Who, Record<Endpoint, number>> = {
  organization: {
    push: 200,
    pull: 200,
    recover: 400,
    invites: 200,
    team: 200,
    gate: 200,
    view: 200,
    find: 200,
    ticket: 404,
  },
  organizer: {
    push: 200,
    pull: 200,
    recover: 400,
    invites: 200,
    team: 200,
    gate: 200,
    view: 200,
    find: 200,
    ticket: 404,
  },
  facilitator: {
    push: 200,
    pull: 200,
    recover: 400,
    invites: 403,
    team: 403,
    gate: 200,
    view: 403,
    find: 403,
    ticket: 404,
  },
  viewer: { push: 200, pull: 200, recover: 400, invites: 403, team: 403, gate: 403, view: 403, find: 403, ticket: 403 },
  attendee: {
    push: 200,
    pull: 403,
    recover: 403,
    invites: 403,
    team: 403,
    gate: 403,
    view: 200,
    find: 200,
    ticket: 404,
  },
  attendeeElsewhere: {
    push: 403,
    pull: 403,
    recover: 403,
    invites: 403,
    team: 403,
    gate: 403,
    view: 403,
    find: 403,
    ticket: 403,
  },
  revoked: {
    push: 200,
    pull: 403,
    recover: 403,
    invites: 403,
    team: 403,
    gate: 403,
    view: 403,
    find: 403,
    ticket: 403,
  },
  stranger: {
    push: 403,
    pull: 403,
    recover: 403,
    invites: 403,
    team: 403,
    gate: 403,
    view: 403,
    find: 403,
    ticket: 403,
  },
  nobody: { push: 401, pull: 401, recover: 401, invites: 401, team: 401, gate: 401, view: 401, find: 401, ticket: 401 },
}
/** What becomes of a check-in that each of them pushes. */
const fate: Partial<Record<Who, object>> = {
  organization: { state: 'committed' },
  organizer: { state: 'committed' },
  facilitator: { state: 'committed' },
  viewer: { state: 'parked', reason: 'notAllowed' },
  attendee: { state: 'committed' },
  revoked: { state: 'parked', reason: 'notAllowed' },
}

const space = newId()
const hash = newSecret()
const forgedPage = {
  ...{ epoch: newId(), after: 0, before: hash, chain: hash, witness: hash },
  ...{ devs: [newId()], ops: [[1, 0, 1, 1, 1, makeBody()]] },
}
let server: TestServer
let nextN = 1
const callers = new Map<Who, { browser: Browser; device: TestDevice }>()

async function makeCaller(who: Who): Promise<{ browser: Browser; device: TestDevice }> {
  const { deps, clock, openBrowser } = server
  const browser = openBrowser()
  const invited = await call('organization', 'invites')
  const device = await enrol(browser, (await invited.json()).code)
  const subject = `device:${device.dev}` as const
  const grant = { space, subject, createdAt: clock.now, revokedAt: null }
  await deps.store.putGrant({ ...grant, role: 'facilitator', revokedAt: who === 'revoked' ? clock.now : 1 })
  if (who === 'organizer' || who === 'facilitator' || who === 'viewer')
    await deps.store.putGrant({ ...grant, role: who })
  return { browser, device }
}

/** A browser that came in by an event's gate. */
async function makeAttendee(inSpace: string): Promise<{ browser: Browser; device: TestDevice }> {
  const opened = await call('organization', 'gate', inSpace)
  const browser = server.openBrowser()
  return { browser, device: await enrol(browser, (await opened.json()).code) }
}

function call(who: Who, endpoint: Endpoint, inSpace = space): Promise<Response> {
  const caller = callers.get(who)
  if (!caller) throw new Error(who)
  const { browser, device } = caller
  const path = `/api/v1/spaces/${inSpace}/${endpoint}`
  if (endpoint === 'push') return browser.post(path, makePush(device, inSpace, makeOps(1, nextN++)).request)
  if (endpoint === 'recover') return browser.post(path, forgedPage)
  if (endpoint === 'gate') return browser.post(path, { open: newId(), close: null })
  if (endpoint === 'find') return browser.post(path, { by: 'nip', nip: '198609262015051001' })
  if (endpoint === 'ticket')
    return browser.post(`/api/v1/spaces/${inSpace}/forms/${newId()}/ticket`, {
      person: newId(),
      blinded: 'A'.repeat(44),
    })
  if (endpoint === 'invites') return browser.post(path, { role: 'facilitator' })
  return browser.get(path)
}

beforeAll(async () => {
  server = await makeServer()
  const organization = await openOrganizer(server)
  callers.set('organization', organization)
  callers.set('nobody', { browser: server.openBrowser(), device: organization.device })
  await call('organization', 'push')
  for (const who of ['organizer', 'facilitator', 'viewer', 'revoked', 'stranger'] as const)
    callers.set(who, await makeCaller(who))
  const elsewhere = newId()
  await call('organization', 'push', elsewhere)
  callers.set('attendee', await makeAttendee(space))
  callers.set('attendeeElsewhere', await makeAttendee(elsewhere))
})

describe.each(Object.keys(walk) as Who[])('%s', (who) => {
  test.each(Object.entries(walk[who]) as [Endpoint, number][])('%s answers %i', async (endpoint, status) => {
    const response = await call(who, endpoint)
    expect(response.status).toBe(status)
    const body = await response.json()
    if (status >= 400) expect(Object.keys(body)).toEqual(['kind'])
    else if (endpoint === 'push') expect(body.results).toMatchObject([fate[who] ?? {}])
  })

  test('learns nothing of a space without a grant, whether it exists or not', async () => {
    if (who === 'organization') return expect((await call(who, 'pull', newId())).status).toBe(404)
    for (const endpoint of endpoints)
      expect((await call(who, endpoint, newId())).status).toBe(who === 'nobody' ? 401 : 403)
  })
})

/** Beyond a space: the status of the stream of hints, which tells only of spaces that one may read. */
const stream: Record<Who, number> = {
  organization: 200,
  organizer: 200,
  facilitator: 200,
  viewer: 200,
  attendee: 200,
  attendeeElsewhere: 200,
  revoked: 403,
  stranger: 403,
  nobody: 401,
}
test.each(Object.entries(stream) as [Who, number][])('%s: events answers %i', async (who, status) => {
  const response = await callers.get(who)?.browser.get('/api/v1/events')
  await response?.body?.cancel()
  expect(response?.status).toBe(status)
})

test.each(Object.keys(walk) as Who[])('%s: a ballot counts by its token, not by who brings it', async (who) => {
  const ballot = { space, form: newId(), version: newId(), nonce: newSecret(), token: newSecret(), answers: {} }
  const response = await callers.get(who)?.browser.post('/api/v1/ballots', ballot)
  expect([response?.status, await response?.json()]).toEqual([403, { kind: 'forbidden' }])
})

test('[S11] 30 days after the revocation nothing is taken in any more', async () => {
  server.clock.now += 31 * 86_400_000
  expect((await call('revoked', 'push')).status).toBe(403)
})
