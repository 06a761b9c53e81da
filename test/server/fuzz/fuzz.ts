import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import * as v from 'valibot'
import { toBase64Url } from '../../../src/core/bytes.ts'
import { fold } from '../../../src/core/fold.ts'
import { chainStart, logLink, type Op } from '../../../src/core/op.ts'
import { Refusal, statusByKind } from '../../../src/protocol/failure.ts'
import { newId, newSecret } from '../../../src/server/auth/keys.ts'
import { createLimiter } from '../../../src/server/limiter.ts'
import { canonicalState } from '../../support/canonicalState.ts'
import {
  type Browser,
  enrol,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestDevice,
  type TestServer,
  type WireOp,
} from '../../support/server.ts'
import { type CallerName, type FuzzCall, fuzzCalls } from './requests.ts'

type Caller = { browser: Browser; device: TestDevice; n: number }
type World = {
  server: TestServer
  callers: Record<CallerName, Caller>
  space: string
  known: string[]
  /** Devices that may be ended. */
  endable: string[]
  /** Makes a new `leaving` caller. */
  renew(): Promise<void>
}

const atOnce = 16
const chunk = 500
/** What the server may keep: folded spaces, counts of tries, prepared statements. A leak of 1 kB a call shows. */
export const mayGrowBytes = 128 * 1_048_576

async function makeWorld(runs: number): Promise<World> {
  const server = await makeServer()
  const organization = await openOrganizer(server)
  const space = newId()
  const organizer: Caller = { ...organization, n: 2 }
  await organizer.browser.post(`/api/v1/spaces/${space}/push`, makePush(organizer.device, space, makeOps(1)).request)
  async function member(path: 'invites' | 'gate', message: object): Promise<Caller> {
    const given = await (await organizer.browser.post(`/api/v1/spaces/${space}/${path}`, message)).json()
    const browser = server.openBrowser()
    return { browser, device: await enrol(browser, given.code), n: 1 }
  }
  const callers = {
    organizer,
    facilitator: await member('invites', { role: 'facilitator' }),
    viewer: await member('invites', { role: 'viewer' }),
    attendee: await member('gate', { open: newId(), close: null }),
    revoked: await member('invites', { role: 'facilitator' }),
    leaving: organizer,
    nobody: { browser: server.openBrowser(), device: organizer.device, n: 1_000_000_000 },
  }
  const { now } = server.clock
  const subject = `device:${callers.revoked.device.dev}` as const
  await server.deps.store.putGrant({ space, subject, role: 'facilitator', createdAt: now, revokedAt: now })
  /** What waits behind a limit would not be reached; that the limits hold is tried elsewhere. */
  for (const [name, part] of Object.entries(server.deps))
    if (name.endsWith('Limiter') && 'take' in Object(part)) Reflect.set(server.deps, name, createLimiter(1e9, 60_000))
  const known = [space, newId(), newSecret(), ...Object.values(callers).map(({ device }) => device.dev)]
  const endable: string[] = []
  for (let chunks = 0; chunks * chunk < runs; chunks++)
    for (const role of ['facilitator', 'viewer']) endable.push((await member('invites', { role })).device.dev)
  async function renew(): Promise<void> {
    callers.leaving = await member('invites', { role: 'organizer' })
    const account = { name: 'Yang Pergi', email: `${newId()}@contoh.example`, password: newSecret() }
    await callers.leaving.browser.post(`/api/v1/spaces/${space}/account`, account)
  }
  return { server, callers, space, known, endable, renew }
}

/** The call as it is sent: a push whose ops are to be sealed becomes one of its caller. */
function complete({ callers, space }: World, call: FuzzCall): FuzzCall {
  if (!call.ops) return call
  const caller = callers[call.caller]
  const ops = call.ops.map((body): WireOp => [caller.n++, 1000, 1000, body])
  const text = JSON.stringify(makePush(caller.device, space, ops).request)
  return {
    ...call,
    address: `/spaces/${space}/push`,
    headers: { 'Content-Type': 'application/json' },
    body: new Uint8Array(Buffer.from(text)),
  }
}

/** The message in a request as the server should read it; `undefined` when there is none. */
function messageIn({ headers, body }: FuzzCall): unknown {
  try {
    const bytes = headers['Content-Encoding'] === 'gzip' ? gunzipSync(body ?? '') : (body ?? new Uint8Array())
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** The query of a call as the server should read it: of a name that comes twice, the first. */
function queryIn({ address }: FuzzCall): object {
  const pairs = [...new URLSearchParams(address.split('?')[1])]
  return Object.fromEntries(pairs.reverse())
}

/** Why an answer is wrong, or nothing. */
async function faultOf(call: FuzzCall, response: Response): Promise<string | undefined> {
  const { endpoint } = call
  const { status } = response
  if (status >= 500) return `${status}: ${await response.text()}`
  const type = response.headers.get('Content-Type') ?? ''
  if (type === 'text/event-stream') await response.body?.cancel()
  const answer: unknown = type.startsWith('application/json') ? await response.json() : undefined
  if (status >= 400) {
    const refusal = v.safeParse(Refusal, answer)
    if (!refusal.success || statusByKind[refusal.output.kind] !== status) return `${status} is no refusal`
    return status === 429 && !response.headers.get('Retry-After') ? '429 without Retry-After' : undefined
  }
  const { request, query } = endpoint
  if (query && !v.is(query, queryIn(call))) return 'took a query that its schema refuses'
  if (request && request !== 'bytes' && !v.is(request, messageIn(call))) return 'took what its schema refuses'
  const isMessage = typeof endpoint.answer === 'object' && !('events' in endpoint.answer)
  if (status === 200 && isMessage && !v.is(endpoint.answer as v.GenericSchema, answer)) return 'answers another form'
  return undefined
}

const show = (call: FuzzCall) =>
  JSON.stringify({
    ...{ call: `${call.endpoint.method} ${call.address}`, caller: call.caller, headers: call.headers },
    body: call.body && Buffer.from(call.body).toString('latin1').slice(0, 2_000),
  })

/** The log from its beginning: gapless, chained, and readable by whoever holds it. */
async function checkLog({ callers, space }: World): Promise<number> {
  const { browser } = callers.organizer
  const ops: Op[] = []
  let link: Uint8Array = chainStart
  let query = ''
  for (;;) {
    const response = await browser.get(`/api/v1/spaces/${space}/pull${query}`)
    const page = await response.json()
    if (page.state === 'same') break
    if (page.state !== 'page' || page.after !== ops.length) throw new Error(`the log has a gap behind ${ops.length}`)
    for (const [v, dev, n, wall, at, body] of page.ops) {
      const op: Op = { v, space, dev: page.devs[dev], n, wall, at, body }
      ops.push(op)
      link = logLink(link, ops.length, op)
    }
    if (toBase64Url(link) !== page.chain) throw new Error(`the chain breaks before ${ops.length}`)
    if (ops.length >= page.head) break
    query = `?${new URLSearchParams({ epoch: page.epoch, seq: String(ops.length), chain: page.chain })}`
  }
  canonicalState(fold(ops))
  return ops.length
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
export function heapBytes(): number {
  collect()
  return process.memoryUsage().heapUsed
}

export type FuzzReport = {
  runs: number
  answers: Record<number, number>
  /** The endpoints that took a call, by method and path. */
  taken: Set<string>
  committed: number
  grownBytes: number
}

/** Throws with the seed and the call at the first wrong answer. The same seed makes the same calls. */
export async function fuzz({
  runs,
  seed,
  onChunk,
}: {
  runs: number
  seed: number
  onChunk?: (done: number) => void
}): Promise<FuzzReport> {
  const world = await makeWorld(runs)
  const calls = fuzzCalls(world.known, world.endable, world.space)
  const answers: Record<number, number> = {}
  const taken = new Set<string>()
  let settledBytes: number | undefined
  for (let done = 0; done < runs; done += chunk) {
    await world.renew()
    const sample = fc.sample(calls, { numRuns: Math.min(chunk, runs - done), seed: seed + done })
    const waiting = sample.map((call) => complete(world, call))
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let call = waiting.pop(); call; call = waiting.pop()) {
          const { browser } = world.callers[call.caller]
          const { method } = call.endpoint
          const { address, headers, body } = call
          const response = await browser.send(`/api/v1${address}`, { method, headers, ...(body && { body }) })
          const fault = await faultOf(call, response)
          if (fault) throw new Error(`seed ${seed}, calls from ${done}: ${fault}\n${show(call)}`)
          answers[response.status] = (answers[response.status] ?? 0) + 1
          if (response.status < 400) taken.add(`${method} ${call.endpoint.path}`)
        }
      }),
    )
    if (done >= runs / 5) settledBytes ??= heapBytes()
    onChunk?.(done + sample.length)
  }
  const grownBytes = heapBytes() - (settledBytes ?? 0)
  if (grownBytes > mayGrowBytes) throw new Error(`seed ${seed}: memory has grown by ${grownBytes} bytes`)
  const committed = await checkLog(world)
  world.server.deps.live.close()
  await world.server.deps.store.close()
  return { runs, answers, taken, committed, grownBytes }
}
