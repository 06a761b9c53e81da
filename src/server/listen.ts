import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { fail, ok, type Result } from '../core/result.ts'

export type ListenFailure = { kind: 'portInUse' | 'portRefused' | 'hostUnknown'; detail: string }
type Place = { port: number; host: string; fetch: (request: Request, env?: object) => Response | Promise<Response> }

export type Listener = {
  port: number
  /** Takes no more calls, finishes those in flight, and breaks them off after a while. */
  close(): Promise<void>
}

const closeWithinMs = 10_000
/**
 * Longer than a proxy keeps a connection for later (Caddy two minutes): of the two who hold it, who sends on it must be
 * the one who closes it. Node's five seconds would end it between two looks of a phone, too.
 */
const keepAliveMs = 150_000
/** Phones that knock in the same moment; Node's 511 lets the others wait for seconds. The system may allow fewer. */
const backlog = 4_096

/**
 * That a connection stays open is the rule of HTTP/1.1 and needs no words: 47 bytes less in every answer, of which most
 * say that nothing is new. That it will be closed is said.
 */
function leaveOpenUnsaid({ httpVersion }: IncomingMessage, response: ServerResponse): void {
  if (httpVersion === '1.1' && response.shouldKeepAlive) response.removeHeader('Connection')
}

async function listen({ port, host, fetch }: Place): Promise<Result<Listener, ListenFailure>> {
  const server = createAdaptorServer({ fetch, createServer })
  if (!('closeIdleConnections' in server)) throw new Error('Hadir speaks HTTP/1.1')
  server.keepAliveTimeout = keepAliveMs
  server.prependListener('request', leaveOpenUnsaid)
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs)
    await new Promise((resolve) => server.close(resolve))
    clearTimeout(timer)
  }
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const kind = error.code === 'EADDRINUSE' ? 'portInUse' : error.code === 'EACCES' ? 'portRefused' : 'hostUnknown'
      resolve(fail({ kind, detail: kind === 'hostUnknown' ? host : String(port) }))
    })
    server.listen({ port, host: host || undefined, backlog }, () => {
      const address = server.address()
      resolve(ok({ port: typeof address === 'object' && address ? address.port : port, close }))
    })
  })
}

/** Listens in all of these places, or in none. */
export async function listenAll(places: Place[]): Promise<Result<Listener[], ListenFailure>> {
  const listeners: Listener[] = []
  for (const place of places) {
    const listening = await listen(place)
    if (!listening.ok) {
      await Promise.all(listeners.map(({ close }) => close()))
      return listening
    }
    listeners.push(listening.value)
  }
  return ok(listeners)
}
