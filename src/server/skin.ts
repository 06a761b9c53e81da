import type { Context, Next } from 'hono'
import { refuse } from './routes/answers.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'Content-Security-Policy': policy,
  'Permissions-Policy':
    'camera=(self), geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), ' +
    'screen-wake-lock=(self), microphone=(), display-capture=(), payment=(), usb=(), serial=(), bluetooth=(), ' +
    'hid=(), midi=()',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** JSON is shown, framed and run by nobody; a file that is given out brings a policy of its own. */
const apiHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

/**
 * Without a proxy of our own in front, what a proxy would say is a stranger's word: over plain http it would make
 * cookies that the browser never sends back, and promise https for a year.
 */
export function believeProxies(proxies: number) {
  return async (c: Context, next: Next): Promise<void> => {
    if (proxies === 0 && c.req.header('X-Forwarded-Proto') !== undefined) {
      const headers = new Headers(c.req.raw.headers)
      headers.delete('X-Forwarded-Proto')
      c.req.raw = new Request(c.req.raw, { headers })
    }
    await next()
  }
}

/**
 * What every answer carries, where a route that knows better does not say otherwise. There is no CORS: the app and the
 * API are one origin. Said before the answer is made, by `c.body` or `c.json`: each header that is added to one makes
 * it anew.
 */
export async function dress(c: Context, next: Next): Promise<void> {
  const carried = c.req.path.startsWith('/api/') ? apiHeaders : headers
  for (const [name, value] of Object.entries(carried)) c.header(name, value)
  if (c.req.header('X-Forwarded-Proto') === 'https') c.header('Strict-Transport-Security', 'max-age=31536000')
  await next()
}

/** Answers of the API are about one caller at one moment; a route that knows better says so itself. */
export async function forbidStoring(c: Context, next: Next): Promise<void> {
  c.header('Cache-Control', 'no-store')
  await next()
}

/** What no foreign form can send: messages, and the bytes of files. */
const ownTypes = /^application\/(?:json|octet-stream)\b/

/** A write must come from the app itself: of a type that no form has, and from its own origin when there is one. */
export function guardWrites(publicUrl: string | undefined) {
  return async (c: Context, next: Next): Promise<Response | undefined> => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') {
      await next()
      return undefined
    }
    const origin = c.req.header('Origin')
    const host = c.req.header('Host') ?? new URL(c.req.url).host
    const isOwn = origin === undefined || origin === publicUrl || origin.replace(/^https?:\/\//, '') === host
    if (!isOwn) return refuse(c, { kind: 'forbidden' })
    if (!ownTypes.test(c.req.header('Content-Type') ?? '')) return refuse(c, { kind: 'badRequest' })
    await next()
    return undefined
  }
}
