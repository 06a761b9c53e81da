import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { SetupRequest } from '../../src/protocol/account.ts'
import { EnrolRequest } from '../../src/protocol/enrol.ts'
import { Refusal, readRefusal, refusalKinds, statusByKind } from '../../src/protocol/failure.ts'
import { ChunkQuery, FilePath, FileRequest } from '../../src/protocol/file.ts'
import { HealthAnswer } from '../../src/protocol/health.ts'
import { InviteRequest } from '../../src/protocol/invite.ts'
import { maxPushOps } from '../../src/protocol/limits.ts'
import { PullAnswer, PullQuery } from '../../src/protocol/pull.ts'
import { PushAnswer, PushRequest } from '../../src/protocol/push.ts'
import { SessionAnswer } from '../../src/protocol/session.ts'
import { protocolVersion } from '../../src/protocol/version.ts'

/**
 * The schemas' form as text: types, entries, limits and patterns; neither messages nor what valibot keeps for itself.
 */
function formOf(schema: unknown): string {
  const unimportant = ['async', 'reference', 'expects', 'message']
  return JSON.stringify(schema, (key, value) => {
    if (unimportant.includes(key) || key.startsWith('~')) return undefined
    if (value instanceof RegExp) return String(value)
    return typeof value === 'function' ? value.name : value
  })
}

/** By protocol version, the hash of everything that src/protocol exports as a schema. */
const pinned: Record<number, string> = { 1: '0488ff6f46cabfeb' }

test('the wire is as its version says', () => {
  const files = import.meta.glob<Record<string, unknown>>('../../src/protocol/*.ts', { eager: true })
  const schemas = Object.entries(files).flatMap(([file, exported]) =>
    Object.entries(exported).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'
        ? [`${file} ${name} ${formOf(value)}`]
        : [],
    ),
  )
  const hash = createHash('sha256').update(schemas.sort().join('\n')).digest('hex').slice(0, 16)
  expect(schemas.length).toBeGreaterThan(15)
  expect(
    hash,
    'The schemas of src/protocol changed. Would an old client misread the new form, or a new one the old? Then raise ' +
      'protocolVersion, add a line to its history and decide whether old clients are still served. Pin the new hash here.',
  ).toBe(pinned[protocolVersion])
})

const id = 'A'.repeat(22)
const hash = 'A'.repeat(43)
const op = [1, 1_700_000_000_000, 1_700_000_000_001, '["AAAAAAAAAAA"]']
const push = { v: 1, dev: id, previous: hash, signature: 'A'.repeat(86), ops: [op] }
const page = {
  state: 'page',
  now: 1,
  epoch: id,
  after: 0,
  head: 1,
  chain: hash,
  witness: hash,
  backedUpThrough: 0,
  devs: [id],
  ops: [],
}

const accepted: [string, v.GenericSchema, unknown][] = [
  ['a push', PushRequest, push],
  ['a push of a newer version with a field we do not know', PushRequest, { ...push, v: 2, hint: 'x' }],
  ['a push by a clock before 1970', PushRequest, { ...push, ops: [[1, -5, -5, '']] }],
  [
    'results of every kind',
    PushAnswer,
    {
      now: 1,
      epoch: id,
      backedUpThrough: 0,
      results: [
        { state: 'committed', n: 1, seq: 1, at: 1 },
        { state: 'parked', n: 2, reason: 'notAllowed' },
        { state: 'forked', n: 3 },
      ],
    },
  ],
  ['a page', PullAnswer, { ...page, ops: [[1, 0, 1, 5, 5, '[]']] }],
  ['a log that has not grown', PullAnswer, { state: 'same', now: 1, backedUpThrough: 0 }],
  ['a cursor that is not known', PullAnswer, { state: 'diverged', now: 1, epoch: id, head: 0 }],
  ['a first pull', PullQuery, {}],
  ['a later pull', PullQuery, { epoch: id, seq: '17', chain: hash }],
  [
    'an enrolment by code',
    EnrolRequest,
    { publicKey: 'A'.repeat(87), proof: 'A'.repeat(86), name: 'HP', holder: 'Contoh', code: 'ABCD' },
  ],
  ['an invitation', InviteRequest, { role: 'facilitator' }],
  ['a setup', SetupRequest, { token: 't', name: ' Contoh ', email: ' A@Contoh.go.id ', password: 'sepuluh huruf' }],
  [
    'a stranger`s session',
    SessionAnswer,
    { now: 1, account: null, device: null, organizer: false, spaces: [], issuer: 'A'.repeat(87), needsSetup: true },
  ],
  ['a file', FileRequest, { hash, sizeBytes: 314_572_800, type: 'video/mp4' }],
  ['a chunk behind 300 MB', ChunkQuery, { offset: '314572800' }],
  ['a refusal', Refusal, { kind: 'tooMany', retryAfterMs: 1000 }],
]
const refused: [string, v.GenericSchema, unknown][] = [
  ['no object', PushRequest, null],
  ['a push without ops', PushRequest, { ...push, ops: [] }],
  ['a push of too many ops', PushRequest, { ...push, ops: Array.from({ length: maxPushOps + 1 }, () => op) }],
  ['a number 0', PushRequest, { ...push, ops: [[0, 1, 1, '']] }],
  ['half a millisecond', PushRequest, { ...push, ops: [[1, 1.5, 1, '']] }],
  ['a body that is no text', PushRequest, { ...push, ops: [[1, 1, 1, {}]] }],
  ['an id that climbs folders', PushRequest, { ...push, dev: '../../../../etc/passwd' }],
  ['a short hash', PushRequest, { ...push, previous: 'AAAA' }],
  ['a result of no kind', PushAnswer, { now: 1, epoch: id, backedUpThrough: 0, results: [{ state: 'lost', n: 1 }] }],
  ['a captive portal`s JSON', PullAnswer, { status: 'ok' }],
  ['a cursor that is no number', PullQuery, { seq: '1e9' }],
  ['a negative cursor', PullQuery, { seq: '-1' }],
  ['an invitation to be an attendee', InviteRequest, { role: 'attendee' }],
  ['a short password', SetupRequest, { token: 't', name: 'x', email: 'a@contoh.id', password: 'pendek' }],
  ['a name with a NUL', SetupRequest, { token: 't', name: 'x\0', email: 'a@contoh.id', password: 'sepuluh huruf' }],
  ['a name of nothing', SetupRequest, { token: 't', name: '  ', email: 'a@contoh.id', password: 'sepuluh huruf' }],
  ['an e-mail that is none', SetupRequest, { token: 't', name: 'x', email: 'contoh', password: 'sepuluh huruf' }],
  ['another app`s health', HealthAnswer, { app: 'portal', version: '1', now: 1 }],
  ['a file that climbs folders', FilePath, { hash: `../../${'A'.repeat(37)}` }],
  ['a file of a negative size', FileRequest, { hash, sizeBytes: -1, type: 'video/mp4' }],
  ['a chunk at no number', ChunkQuery, { offset: '1e3' }],
  ['a chunk before the beginning', ChunkQuery, { offset: '-1' }],
  ['a kind of refusal that is not known', Refusal, { kind: 'teapot' }],
]

describe('the parsers', () => {
  test.each(accepted)('accept %s', (_, schema, input) => {
    expect(v.safeParse(schema, input).issues).toBeUndefined()
  })

  test.each(refused)('refuse %s', (_, schema, input) => {
    expect(v.is(schema, input)).toBe(false)
  })

  test('tidy what people type: spaces, and the case of an e-mail', () => {
    const input = { token: 't', name: ' Contoh ', email: ' A@Contoh.go.id ', password: 'sepuluh huruf' }
    expect(v.parse(SetupRequest, input)).toMatchObject({ name: 'Contoh', email: 'a@contoh.go.id' })
    expect(v.parse(PullQuery, {})).toEqual({ seq: 0 })
  })

  test('every refusal has a status that says it is one', () => {
    for (const kind of refusalKinds) expect(statusByKind[kind]).toBeGreaterThanOrEqual(400)
  })
})

test('[S9] a refusal in the words of a newer server is read by its status, and what is none stays none', () => {
  expect(readRefusal(429, { kind: 'slowDown', retryAfterMs: 5 })).toEqual({ kind: 'tooMany', retryAfterMs: 5 })
  expect(readRefusal(418, { kind: 'teapot' })).toEqual({ kind: 'badRequest' })
  expect(readRefusal(503, { kind: 'movingHouse' })).toEqual({ kind: 'serverError' })
  expect(readRefusal(409, { kind: 'emailTaken' })).toEqual({ kind: 'emailTaken' })
  expect(readRefusal(200, '<html>')).toBeUndefined()
})
