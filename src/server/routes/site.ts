import type { Context } from 'hono'
import type { Site } from '../auth/passkeys.ts'
import type { Deps } from './deps.ts'

/** Where passkeys are good; without HADIR_PUBLIC_URL only on this machine itself, where no name can be lied about. */
export function siteOf(c: Context, { publicUrl }: Deps, asked = c.req.header('Origin')): Site | undefined {
  const origin = publicUrl ?? asked
  if (origin === undefined || !URL.canParse(origin)) return undefined
  const { protocol, hostname } = new URL(origin)
  const isSafe = hostname === 'localhost' || (publicUrl !== undefined && protocol === 'https:')
  return isSafe ? { origin, id: hostname } : undefined
}
