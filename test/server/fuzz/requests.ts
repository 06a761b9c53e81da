import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Hash, Id } from '../../../src/protocol/parts.ts'
import { type Endpoint, endpoints } from '../../../src/server/endpoints.ts'
import { anyText, arbitraryOf, requestOf } from './arbitrary.ts'

/** `leaving`: an organizer of the event with an account, who is another one every few hundred calls. */
export const callerNames = ['organizer', 'facilitator', 'viewer', 'attendee', 'revoked', 'leaving', 'nobody'] as const
export type CallerName = (typeof callerNames)[number]

/**
 * One call. `ops` are bodies that are to be sealed as their author would seal them, so that they
 * come further than its skin.
 */
export type FuzzCall = {
  endpoint: Endpoint
  caller: CallerName
  /** Behind `/api/v1`, with its query. */
  address: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer> | undefined
  ops: string[] | undefined
}

/** Hashing a password takes a processor 50 ms by design: these few are called rarely. */
const isCostly = ({ path }: Endpoint) => /sign-in|setup|password|passkey|reset|account/.test(path)
/** Curves are reckoned in JavaScript, 10 ms each. */
const isSlow = ({ path }: Endpoint) => /ballots|ticket/.test(path)
/** What ends somebody is called by who may go or may not do it, of who may go: the calls behind it need the others. */
const isEnding = ({ path }: Endpoint) => /sign-out|rights|devices/.test(path)
const enders: Record<string, CallerName[]> = { '/sign-out': ['leaving', 'nobody'] }
const otherEnders: CallerName[] = ['leaving', 'leaving', 'viewer', 'attendee', 'nobody']

const utf8 = (text: string) => new Uint8Array(Buffer.from(text))
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))

/** Bytes of a message that were cut off, turned, or stuffed. */
const damaged = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.nat(), fc.nat(255), fc.constantFrom('cut', 'turn', 'stuff', 'none'))
    .map(([whole, at, byte, how]) => {
      const bytes = utf8(whole)
      const place = bytes.length > 0 ? at % bytes.length : 0
      if (how === 'cut') return bytes.slice(0, place)
      if (how === 'turn' && bytes.length > 0) bytes[place] = byte
      if (how === 'stuff') return new Uint8Array([...bytes.slice(0, place), byte, ...bytes.slice(place)])
      return bytes
    })

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes))

function bodyOf({ request }: Endpoint, known: string[]): fc.Arbitrary<Uint8Array<ArrayBuffer> | undefined> {
  if (request === undefined) return fc.option(anyBytes, { nil: undefined })
  if (request === 'bytes') return anyBytes
  const text = requestOf(request, known).map((message) => JSON.stringify(message))
  return fc.oneof(
    { weight: 8, arbitrary: text.map(utf8) },
    { weight: 3, arbitrary: damaged(text) },
    { weight: 1, arbitrary: anyBytes },
  )
}

/** Op bodies as the app makes them, and ever less so. */
function opBody(known: string[]): fc.Arbitrary<string> {
  const id = fc.oneof(fc.constantFrom(...known), fc.stringMatching(/^[\w-]{22}$/), fc.string({ maxLength: 8 }))
  const kind = fc.oneof(
    fc.constantFrom('event', 'session', 'person', 'institution', 'form', 'formVersion', 'material', 'pass', 'gate'),
    fc.constantFrom('attendance', 'response', 'consent', 'same', 'opened', 'review', '__proto__', 'constructor', ''),
  )
  const name = fc.oneof(
    fc.constantFrom('name', 'title', 'deleted', 'zone', 'roles', 'invited', 'day', 'start', 'end', 'questions', 'open'),
    fc.constantFrom('p', 's', 'm', 'a', 'b', 'file', 'anonymous', 'form', 'order', 'at', 'letterhead', '__proto__'),
    fc.string({ maxLength: 6 }),
  )
  const value = fc.oneof({ weight: 2, arbitrary: id }, { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) })
  const fields = fc.dictionary(name, value, { maxKeys: 8 })
  const change = fc.oneof(
    fc.tuple(fc.constant('s'), kind, id, fields),
    fc.tuple(fc.constant('a'), kind, fields),
    fc.tuple(fc.constant('v'), fc.array(id, { maxLength: 3 }), fc.string({ maxLength: 20 })),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const whole = fc.tuple(fc.stringMatching(/^[\w-]{11}$/), fc.array(change, { maxLength: 4 }))
  const text = whole.map(([salt, changes]) => JSON.stringify([salt, ...changes]))
  return fc.oneof(
    { weight: 8, arbitrary: text },
    { weight: 2, arbitrary: damaged(text).map((bytes) => Buffer.from(bytes).toString('utf8')) },
    { weight: 1, arbitrary: anyText },
  )
}

const queryText = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.webQueryParameters().map((query) => `?${query}`),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((query) => `?${encodeURI(query)}`),
)

function queryOf({ query }: Endpoint, known: string[]): fc.Arbitrary<string> {
  if (!query) return queryText
  const given = arbitraryOf(query, known).map((values) => `?${new URLSearchParams(Object.entries(Object(values)))}`)
  return fc.oneof({ weight: 3, arbitrary: given }, queryText)
}

function callsOf(endpoint: Endpoint, known: string[], space: string): fc.Arbitrary<FuzzCall> {
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    arbitraryOf(Id, known).map(String),
    arbitraryOf(Hash, known).map(String),
    anyText.map((text) => encodeURIComponent(text.toWellFormed()) || 'x'),
  )
  const spacePart = fc.oneof({ weight: 6, arbitrary: fc.constant(space) }, part)
  const names = endpoint.path.match(/:\w+/g) ?? []
  const path = fc
    .tuple(...names.map((name) => (name === ':space' ? spacePart : part)))
    .map((parts) => names.reduce((filled, name, at) => filled.replace(name, () => parts[at] ?? ''), endpoint.path))
  const ownType = endpoint.request === 'bytes' ? 'application/octet-stream' : 'application/json'
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constant(ownType) },
    fc.constantFrom('application/json', 'text/plain', ''),
  )
  const encoding = fc.oneof({ weight: 12, arbitrary: fc.constant('no') }, fc.constantFrom('gzip', 'claimed', 'br'))
  const header = fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  )
  const ops = endpoint.path.endsWith('/push')
    ? fc.option(fc.array(opBody(known), { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 4 })
    : fc.constant(undefined)
  return fc
    .record({
      ...{
        caller: fc.constantFrom(...(isEnding(endpoint) ? (enders[endpoint.path] ?? otherEnders) : callerNames)),
        path,
        query: queryOf(endpoint, known),
        type,
        encoding,
        header,
        ops,
      },
      body: endpoint.method === 'GET' ? fc.constant(undefined) : bodyOf(endpoint, known),
    })
    .map(({ caller, path, query, type, encoding, header, ops, body }) => ({
      ...{ endpoint, caller, ops, address: `${path}${query}` },
      headers: {
        ...(type && { 'Content-Type': type }),
        ...(encoding !== 'no' && { 'Content-Encoding': encoding === 'claimed' ? 'gzip' : encoding }),
        ...(header !== undefined && { 'If-None-Match': header, Range: header, 'X-Forwarded-For': header }),
      },
      body: body && encoding === 'gzip' ? gzip(body) : body,
    }))
}

/**
 * Calls of every endpoint in the table, also of those that are added to it later; `endable` are devices that may go.
 */
export function fuzzCalls(known: string[], endable: string[], space: string): fc.Arbitrary<FuzzCall> {
  const named = [space, ...endable, ...endable.map((dev) => `device:${dev}`)]
  return fc.oneof(
    ...endpoints.map((endpoint) => ({
      weight: isEnding(endpoint)
        ? 6
        : isCostly(endpoint)
          ? 1
          : endpoint.path.endsWith('/push')
            ? 60
            : isSlow(endpoint)
              ? 3
              : 12,
      arbitrary: callsOf(endpoint, isEnding(endpoint) ? named : known, space),
    })),
  )
}
