import type { Host } from './host.ts'
import type { Time } from './time.ts'

/** What may happen to one call on its way (design.md promise 1). */
export const faults = [
  'ok',
  'lost',
  'answerLost',
  'doubled',
  'late',
  'cut',
  'portal',
  'hang',
  'serverError',
  'badGateway',
  'tooMany',
  'unauthorized',
  'upgrade',
  'restart',
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
  upgrade: () => Response.json({ kind: 'clientTooOld' }, { status: 426 }),
}

const unreachable = () => new TypeError('Failed to fetch')

/** One answer of the server to a device, also one that got lost: what the checks look at. */
export type Heard = { path: string; request: unknown; status: number; body: unknown; arrived: boolean }

export type NetworkParts = {
  host: () => Host
  time: Time
  /** Requests that are still on their way; a step delivers them. */
  late: Request[]
  /** Calls that the server accepted and never answers. */
  hanging: Set<Promise<never>>
  onHeard: (heard: Heard) => void
}

/** A device's way to the server. Each call takes the next of `faults`; with none left it goes through. */
export function createNetwork({ host, time, late, hanging, onHeard }: NetworkParts) {
  const cookies = new Map<string, string>()
  const net = { isOff: false, faults: [] as Fault[], calls: 0 }

  async function toRequest(input: RequestInfo | URL, init: RequestInit | undefined) {
    const headers = new Headers(init?.headers)
    headers.set('Origin', origin)
    headers.set('Cookie', [...cookies].map(([key, value]) => `${key}=${value}`).join('; '))
    const { signal: _, ...rest } = init ?? {}
    return new Request(new URL(String(input), origin), { ...rest, headers })
  }

  function hang(signal: AbortSignal | null | undefined): Promise<never> {
    const call = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(unreachable())))
    hanging.add(call)
    call.catch(() => hanging.delete(call))
    setImmediate(() => void time.pass(31_000))
    return call
  }

  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    net.calls++
    const fault: Fault = net.isOff ? 'lost' : (net.faults.shift() ?? 'ok')
    if (fault === 'lost') throw unreachable()
    if (fault === 'hang') return hang(init?.signal)
    const standIn = standIns[fault]
    if (standIn) return standIn()
    if (fault === 'restart') await host().restart()
    const request = await toRequest(input, init)
    if (fault === 'late') {
      late.push(request)
      throw unreachable()
    }
    if (fault === 'doubled') await host().fetch(request.clone())
    const asked = request.clone()
    const response = await host().fetch(request)
    const text = await response.text()
    const arrived = fault !== 'answerLost' && fault !== 'cut'
    onHeard({
      path: asked.url.slice(origin.length),
      request: await readRequest(asked),
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
      arrived,
    })
    if (fault === 'answerLost') throw unreachable()
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(key, value)
    }
    const { status, headers } = response
    const heard = fault === 'cut' ? text.slice(0, text.length >> 1) : text
    return new Response(heard || null, { status, headers })
  }

  return { net, cookies, send }
}
export type Network = ReturnType<typeof createNetwork>

async function readRequest(request: Request): Promise<unknown> {
  if (request.method !== 'POST' || !request.body) return undefined
  const isZipped = request.headers.get('Content-Encoding') === 'gzip'
  const body = isZipped ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body
  return new Response(body).json()
}
