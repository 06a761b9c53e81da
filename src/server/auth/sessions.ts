import type { betterAuth } from 'better-auth'
import { dayMs, hourMs } from '../../core/time.ts'
import type { Account } from './access.ts'
import { hashSecret, newSecret } from './keys.ts'

export const sessionDays = 90
/** A session that no device holds yet: a browser that signs in enrols at once. */
const unboundMs = hourMs

/** `dev`: the only device beside whose credential the session is good; `null`: it was not enrolled yet. */
export type Session = { account: Account; dev: string | null; startedAt: number }

/** Who is signed in where. A token is shown once, to the browser; the database knows its hash. */
export type Sessions = {
  /** A new token, for this device only when there is one. */
  open(account: string, dev: string | undefined, now: number): Promise<string>
  /**
   * Whose session this is, asked by this device. A session that is used stays open: it ends `sessionDays` after its
   * last day of use.
   */
  find(token: string, dev: string | undefined, now: number): Promise<Session | undefined>
  bind(token: string, dev: string): Promise<void>
  end(token: string): Promise<void>
  /** The hash of the token and the device of each open session of an account. */
  list(account: string, now: number): Promise<{ hash: string; dev: string | null; startedAt: number }[]>
  endHashed(hash: string): Promise<void>
  endAll(account: string): Promise<void>
}

type People = Awaited<ReturnType<typeof betterAuth>['$context']>['internalAdapter']

const devOf = (session: object): string | null =>
  'dev' in session && typeof session.dev === 'string' ? session.dev : null

/** Sessions in the database: only hashes of their tokens are kept. */
export function createSessions(people: People): Sessions {
  return {
    open: async (account, dev, now) => {
      const token = newSecret()
      const started = new Date(now)
      const expiresAt = new Date(now + sessionDays * dayMs)
      const row = { token: hashSecret(token), dev: dev ?? null, createdAt: started, updatedAt: started, expiresAt }
      await people.createSession(account, false, row, true)
      return token
    },
    find: async (token, dev, now) => {
      const hash = hashSecret(token)
      const found = await people.findSession(hash)
      if (!found) return undefined
      const [expires, started] = [found.session.expiresAt.getTime(), found.session.createdAt.getTime()]
      const bound = devOf(found.session)
      const isOpen = bound === null ? now < started + unboundMs : bound === dev
      if (!isOpen || expires <= now) return undefined
      if (expires < now + (sessionDays - 1) * dayMs)
        await people.updateSession(hash, { expiresAt: new Date(now + sessionDays * dayMs) })
      const { id, name, email } = found.user
      return { account: { id, name, email }, dev: bound, startedAt: started }
    },
    bind: async (token, dev) => {
      await people.updateSession(hashSecret(token), { dev })
    },
    end: (token) => people.deleteSession(hashSecret(token)),
    list: async (account, now) => {
      const rows = await people.listSessions(account)
      const open = rows.map((row) => ({ hash: row.token, dev: devOf(row), startedAt: row.createdAt.getTime(), row }))
      return open
        .filter(
          ({ dev, startedAt, row }) => row.expiresAt.getTime() > now && (dev !== null || now < startedAt + unboundMs),
        )
        .map(({ hash, dev, startedAt }) => ({ hash, dev, startedAt }))
    },
    endHashed: (hash) => people.deleteSession(hash),
    endAll: (account) => people.deleteUserSessions(account),
  }
}
