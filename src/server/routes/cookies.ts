import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/**
 * The cookies: the account's session, the device's own credential, which outlives it ([S10]), and what a browser is
 * known by that is away at an identity provider.
 */
const cookies = {
  session: { name: 'hadir_session', maxAgeDays: 90 },
  device: { name: 'hadir_device', maxAgeDays: 400 },
  sso: { name: 'hadir_sso', maxAgeDays: 1 / 144 },
} as const
type CookieKind = keyof typeof cookies

/** Whether the browser spoke https, also to a proxy in front that is believed (server/skin.ts). */
function isHttps(c: Context): boolean {
  return c.req.header('X-Forwarded-Proto') === 'https' || c.req.url.startsWith('https:')
}

/** Over TLS only under the `__Host-` name, which no neighbouring site can plant. */
export function readCookie(c: Context, kind: CookieKind): string | undefined {
  const { name } = cookies[kind]
  return isHttps(c) ? getCookie(c, name, 'host') : getCookie(c, name)
}

/** Not readable for scripts; `__Host-` and `Secure` over TLS. */
export function writeCookie(c: Context, kind: CookieKind, value: string): void {
  const { name, maxAgeDays } = cookies[kind]
  setCookie(c, name, value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: maxAgeDays * 86_400,
    ...(isHttps(c) && { prefix: 'host', secure: true }),
  })
}

/** Takes a cookie back, under the name that it was written with. */
export function dropCookie(c: Context, kind: CookieKind): void {
  const { name } = cookies[kind]
  deleteCookie(c, name, { path: '/', ...(isHttps(c) && { prefix: 'host', secure: true }) })
}
