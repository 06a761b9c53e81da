import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Store } from '../store/store.ts'
import type { Account } from './access.ts'
import { newSecret } from './keys.ts'

export const sessionDays = 90
const dayMs = 86_400_000

export type SignedIn = { account: Account; token: string }

/** People with an e-mail and a password, and their sessions. The token is opaque; routes carry it in a cookie. */
export type Accounts = {
  create(person: { name: string; email: string; password: string }): Promise<Result<SignedIn, { kind: 'emailTaken' }>>
  /** One failure for an unknown account and for a wrong password, after the same work. */
  signIn(email: string, password: string): Promise<Result<SignedIn, { kind: 'wrongPassword' }>>
  /** Whose session this is. A session that is used stays open: it ends `sessionDays` after its last day of use. */
  findSession(token: string, now: number): Promise<Account | undefined>
  signOut(token: string): Promise<void>
}

/**
 * better-auth does hashing, sessions and their tables. Its own HTTP handler is never mounted: there is no public
 * sign-up, no rate limit by address (a village shares one), and no cookie of its own, so that its secret signs nothing.
 */
export async function openAccounts(store: Store): Promise<Accounts> {
  const options = {
    baseURL: 'http://localhost',
    secret: newSecret(),
    database: { ...store.accounts, transaction: true },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: sessionDays * 86_400 },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
  } as const
  await store.alone(async () => (await getMigrations(options)).runMigrations())
  const auth = betterAuth(options)
  const { internalAdapter } = await auth.$context

  return {
    create: async ({ name, email, password }) => {
      try {
        const { token, user } = await auth.api.signUpEmail({ body: { name, email, password } })
        if (!token) throw new Error('better-auth made an account without a session')
        return ok({ token, account: { id: user.id, name: user.name, email: user.email } })
      } catch (error) {
        if (error instanceof APIError && error.body?.code?.startsWith('USER_ALREADY_EXISTS'))
          return fail({ kind: 'emailTaken' })
        throw error
      }
    },
    signIn: async (email, password) => {
      try {
        const { token, user } = await auth.api.signInEmail({ body: { email, password } })
        return ok({ token, account: { id: user.id, name: user.name, email: user.email } })
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500) return fail({ kind: 'wrongPassword' })
        throw error
      }
    },
    findSession: async (token, now) => {
      const found = await internalAdapter.findSession(token)
      if (!found || found.session.expiresAt.getTime() <= now) return undefined
      if (found.session.expiresAt.getTime() < now + (sessionDays - 1) * dayMs) {
        const expiresAt = new Date(now + sessionDays * dayMs)
        await internalAdapter.updateSession(token, { expiresAt })
      }
      const { id, name, email } = found.user
      return { id, name, email }
    },
    signOut: (token) => internalAdapter.deleteSession(token),
  }
}
