import { fail, ok, type Result } from '../../core/result.ts'
import { dayMs } from '../../core/time.ts'
import { hashSecret, isSameSecret, newSecret } from './keys.ts'

const lifetimeMs = dayMs

/** The one-time token with which the first organizer is made. It lives in memory: every start makes a new one. */
export type Setup = {
  /** A new token; the one before is void. */
  issue(now: number): string
  check(token: string, now: number): Result<undefined, { kind: 'notFound' | 'expired' }>
  /** After the first organizer has been made. */
  end(): void
}

export function createSetup(): Setup {
  let open: { hash: string; expiresAt: number } | undefined
  return {
    issue: (now) => {
      const token = newSecret()
      open = { hash: hashSecret(token), expiresAt: now + lifetimeMs }
      return token
    },
    check: (token, now) => {
      if (!open || !isSameSecret(open.hash, hashSecret(token))) return fail({ kind: 'notFound' })
      return now < open.expiresAt ? ok(undefined) : fail({ kind: 'expired' })
    },
    end: () => {
      open = undefined
    },
  }
}
