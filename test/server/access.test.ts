import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { may } from '../../src/core/access.ts'
import { setPerson } from '../../src/core/person.ts'
import { Refusal } from '../../src/protocol/failure.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { type Endpoint, endpoints } from '../../src/server/endpoints.ts'
import { type CallerKind, callerKinds, isFormer, makeNextPush, openCallers, roleOf } from './callers.ts'
import { call, nameOf, type Operation, operations, samples } from './operations.ts'

/**
 * Every operation of the OpenAPI document × everybody who may call it, in his own event and in another, against
 * core/access.ts. What the table of endpoints does not list is refused to all.
 */
const { server, space, elsewhere, callerOf } = await openCallers()
const unknown = newId()

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
    const caller = callerOf(kind)
    const response = await caller.browser.post(`/api/v1/spaces/${space}/push`, makeNextPush(caller, space))
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
    const organization = callerOf('organization')
    for (const id of [space, elsewhere]) {
      const request = makeNextPush(organization, id, [setPerson(newId(), secretive)])
      await organization.browser.post(`/api/v1/spaces/${id}/push`, request)
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
  const revoked = callerOf('facilitator revoked')
  server.clock.now += 31 * 86_400_000
  const response = await revoked.browser.post(`/api/v1/spaces/${space}/push`, makeNextPush(revoked, space))
  expect(response.status).toBe(403)
})

test.each(named(operations.filter(isEnding)))('everybody calls %s', async (_, operation) => {
  expect(await walk(operation)).toEqual([])
})
