import { gunzipSync } from 'node:zlib'
import { versionHeader } from '../../../src/protocol/version.ts'
import type { Chance } from './chance.ts'
import type { Fuse, Host } from './host.ts'
import type { Time } from './time.ts'

/** What may happen to one call on its way (design.md promise 1). */
export const faults = [
  'ok',
  'lost',
  'answerLost',
  'doubled',
  'late',
  'slow',
  'cut',
  'requestCut',
  'portal',
  'hang',
  'serverError',
  'badGateway',
  'tooMany',
  'unauthorized',
  'tooOld',
  'restart',
  'killed',
] as const
export type Fault = (typeof faults)[number]

const origin = 'http://localhost:8080'

/** Answers that stand in the way without asking the server: a proxy, a limiter, a server in trouble. */
const standIns: Partial<Record<Fault, () => Response>> = {
  portal: () => new Response('<html>Masuk Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } }),
  serverError: () => Response.json({ kind: 'serverError' }, { status: 500 }),
  badGateway: () => new Response('<html>502</html>', { status: 502 }),
  tooMany: () => Response.json({ kind: 'tooMany', retryAfterMs: 2_000 }, { status: 429 }),
  unauthorized: () => Response.json({ kind: 'unauthorized' }, { status: 401 }),
}

const brokenOff = () => new ReadableStream({ pull: (body) => body.error(new TypeError('Failed to fetch')) })
const unreachable = () => new TypeError('Failed to fetch')

/**
 * One answer of the server to a device, also one that got lost: what the checks look at. `text`: all of it, headers
 * too; `isHalf`: to half a request.
 */
export type Heard = {
  path: string
  request: unknown
  /** What the device is known by. */
  cookie: string
  status: number
  text: string
  body: unknown
  arrived: boolean
  isHalf: boolean
}

export type NetworkParts = {
  host: () => Host
  time: Time
  chance: () => Chance
  /** Asks for zipped answers, as browsers do; the others stand for proxies that take that wish away. */
  takesGzip: boolean
  broken: { mendHalf?: (half: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> }
  /** Requests that are still on their way; a step delivers them. */
  late: (() => Promise<unknown>)[]
  /** Calls that are answered late or never. */
  hanging: Set<Promise<unknown>>
  onHeard: (heard: Heard) => void
  /** A mishap has come to pass. */
  onMet: (what: string) => void
}

/** Longer than the client's patience, which is 30 s and a ms for each byte that it sends; and shorter than it. */
const beyondPatienceMs = 31_000
const delaysMs = [300, 3_000, 20_000]
/** Some more than calls have: the others die between the commit and the answer. */
const mostMoments = { ofWrites: 20, ofAll: 30 }

/** When a server dies: mostly in a transaction. */
export function drawFuse(chance: Chance): Fuse {
  const isOfWrites = !chance.once(3)
  return { isOfWrites, moments: 1 + chance.below(isOfWrites ? mostMoments.ofWrites : mostMoments.ofAll) }
}

/** A device's way to the server. Each call takes the next of `faults`; with none left it goes through. */
export function createNetwork({
  host,
  time,
  chance,
  takesGzip,
  broken: { mendHalf },
  late,
  hanging,
  onHeard,
  onMet,
}: NetworkParts) {
  const cookies = new Map<string, string>()
  const net = { isOff: false, faults: [] as Fault[], calls: 0 }

  /** Most killings wait for a call that writes. */
  function nextFault(method: string | undefined): Fault {
    const fault = net.faults.shift() ?? 'ok'
    if (fault !== 'killed' || method === 'POST' || chance().once(4)) return fault
    net.faults.unshift(fault)
    return 'ok'
  }

  async function toRequest(input: RequestInfo | URL, init: RequestInit | undefined) {
    const headers = new Headers(init?.headers)
    headers.set('Origin', origin)
    if (takesGzip) headers.set('Accept-Encoding', 'gzip, deflate, br')
    const { signal: _, credentials, ...rest } = init ?? {}
    if (credentials !== 'omit') headers.set('Cookie', [...cookies].map(([key, value]) => `${key}=${value}`).join('; '))
    return new Request(new URL(String(input), origin), { ...rest, headers })
  }

  /** A call that takes its time: nobody waits for it in vain, since time passes. */
  function takeTime<T>(call: Promise<T>, ms: number): Promise<T> {
    hanging.add(call)
    const end = () => void hanging.delete(call)
    call.then(end, end)
    setImmediate(() => void time.pass(ms))
    return call
  }

  function hang({ signal, body }: RequestInit = {}): Promise<never> {
    const sentBytes = typeof body === 'string' ? body.length : body instanceof ArrayBuffer ? body.byteLength : 0
    const call = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(unreachable())))
    return takeTime(call, beyondPatienceMs + sentBytes)
  }

  /** What is asked or answered later may be asked or answered first. */
  function delay(): Promise<void> {
    const ms = chance().pick(delaysMs)
    return takeTime(new Promise((resolve) => setTimeout(resolve, ms)), ms)
  }

  /** The server gets the first part of a request, and then the line breaks, or a proxy takes that for the whole. */
  async function sendHalf(request: Request): Promise<Response> {
    const { method, url, headers } = request
    const whole = new Uint8Array(await request.arrayBuffer())
    if (whole.length === 0) throw unreachable()
    headers.set('Content-Length', String(whole.length))
    const half = whole.slice(0, 1 + chance().below(whole.length - 1))
    const isBroken = chance().once(2) && !mendHalf
    const broken = new ReadableStream({
      start: (body) => body.enqueue(half),
      pull: (body) => body.error(new Error('aborted')),
    })
    const sent: RequestInit & { duplex: 'half' } = {
      method,
      headers,
      body: isBroken ? broken : (mendHalf?.(half) ?? half),
      duplex: 'half',
    }
    const response = await ask(new Request(url, sent), { isHalf: true })
    if (isBroken) throw unreachable()
    return response
  }

  /** Asks the server. Every answer is looked at, also one that never arrives. */
  async function ask(request: Request, { arrived = false, isHalf = false } = {}): Promise<Response> {
    const path = request.url.slice(origin.length)
    const asked = isHalf ? undefined : request.clone()
    const { response, isZipped } = await receive(await host().fetch(request))
    if (isZipped) onMet(path.includes('/pull') ? 'zipped page' : 'zipped answer')
    const { status, headers } = response
    const text = await response.text()
    onHeard({
      path,
      request: asked && (await readRequest(asked)),
      cookie: request.headers.get('Cookie') ?? '',
      status,
      text: [...headers, text].join('\n'),
      body: text ? JSON.parse(text) : undefined,
      arrived,
      isHalf,
    })
    return new Response(text || null, { status, headers })
  }

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    net.calls++
    const fault = net.isOff ? 'lost' : nextFault(init?.method)
    if (fault !== 'ok' && !net.isOff) onMet(`fault ${fault}`)
    if (fault === 'lost') throw unreachable()
    if (fault === 'hang') return hang(init)
    const standIn = standIns[fault]
    if (standIn) return standIn()
    if (fault === 'restart') await host().restart()
    const request = await toRequest(input, init)
    if (fault === 'late') {
      late.push(() => ask(request))
      if (chance().once(2)) return hang(init)
      throw unreachable()
    }
    if (fault === 'requestCut') return sendHalf(request)
    if (fault === 'killed') return host().fetchAndDie(request, drawFuse(chance()))
    if (fault === 'tooOld') request.headers.set(versionHeader, '0')
    if (fault === 'doubled') await ask(request.clone())
    const isAskedLate = fault === 'slow' && chance().once(2)
    if (isAskedLate) await delay()
    const response = await ask(request, { arrived: fault !== 'answerLost' && fault !== 'cut' })
    if (fault === 'answerLost') throw unreachable()
    if (fault === 'slow' && !isAskedLate) await delay()
    for (const cookie of init?.credentials === 'omit' ? [] : response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(key, value)
    }
    if (fault !== 'cut') return response
    const { status, headers } = response
    const text = await response.text()
    /** What is zipped does not end then, and the browser says so. */
    if (takesGzip && text) return new Response(brokenOff(), { status, headers })
    return new Response(text.slice(0, text.length >> 1) || null, { status, headers })
  }

  return { net, cookies, send }
}
export type Network = ReturnType<typeof createNetwork>

/** What a browser makes of an answer before anybody reads it: what has not its length or does not unzip is none. */
async function receive(response: Response): Promise<{ response: Response; isZipped: boolean }> {
  const { status, headers } = response
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isZipped = headers.get('Content-Encoding') === 'gzip'
  const length = headers.get('Content-Length') ?? bytes.length
  if (Number(length) !== bytes.length) throw unreachable()
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name)
  try {
    const body = isZipped ? new Uint8Array(gunzipSync(bytes)) : bytes
    return { response: new Response(body.length > 0 ? body : null, { status, headers }), isZipped }
  } catch {
    throw unreachable()
  }
}

async function readRequest(request: Request): Promise<unknown> {
  if (request.method !== 'POST' || !request.body) return undefined
  const isZipped = request.headers.get('Content-Encoding') === 'gzip'
  const body = isZipped ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body
  return new Response(body).json()
}
