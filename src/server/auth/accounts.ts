import { betterAuth } from 'better-auth'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { getMigrations } from 'better-auth/db/migration'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Store } from '../store/store.ts'
import type { Account } from './access.ts'
import { newSecret } from './keys.ts'
import { createSessions, type Sessions, sessionDays } from './sessions.ts'

/** The slow hash under passwords: scrypt of better-auth, 32 MiB and about 0.1 s. */
export type Passwords = {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** Who somebody is at an identity provider. */
export type Identity = { issuer: string; subject: string }

export type NewPerson = { name: string; email: string; password?: string; isProven?: boolean }

/** People with an e-mail, their passwords, and who they are elsewhere. */
export type Accounts = {
  sessions: Sessions
  /** `isProven`: the e-mail is known to be this person's; otherwise it is only what was typed. */
  create(person: NewPerson): Promise<Result<Account, { kind: 'emailTaken' }>>
  /** One failure for an unknown account and for a wrong password, after the same work. */
  checkPassword(email: string, password: string): Promise<Result<Account, { kind: 'wrongPassword' }>>
  find(id: string): Promise<Account | undefined>
  findByEmail(email: string): Promise<Account | undefined>
  findLinked(identity: Identity): Promise<Account | undefined>
  /** Who is this at the provider may sign in as this account from now on; `isProven`: it vouches for the e-mail too. */
  link(id: string, identity: Identity, isProven: boolean): Promise<void>
  /** Nobody signs in as this account by who he is at a provider any more; how many identities that were. */
  unlink(id: string): Promise<number>
  isProven(id: string): Promise<boolean>
  /** Which other ways in than a passkey an account has. */
  waysIn(id: string): Promise<{ password: boolean; linked: boolean }>
  rename(id: string, name: string): Promise<void>
  setPassword(id: string, password: string): Promise<void>
}

const providerOf = (issuer: string) => `oidc ${issuer}`
const isProvider = (id: string) => id.startsWith('oidc ')

/**
 * better-auth keeps people, passwords, links and sessions in its own tables. Its HTTP handler is never mounted: there
 * is no public sign-up, no rate limit by address (a village shares one), and no cookie of its own, so that its secret
 * signs nothing.
 */
export async function openAccounts(
  store: Store,
  passwords: Passwords = { hash: hashPassword, verify: verifyPassword },
): Promise<Accounts> {
  const options = {
    baseURL: 'http://localhost',
    secret: newSecret(),
    database: { ...store.accounts, transaction: true },
    session: {
      expiresIn: sessionDays * 86_400,
      additionalFields: { dev: { type: 'string', required: false, input: false } },
    },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
  } as const
  await store.alone(async () => (await getMigrations(options)).runMigrations())
  const { internalAdapter: people } = await betterAuth(options).$context
  /** Nobody's password, made for the first who signs in, so that an unknown account takes as long as a known one. */
  let nobodys: Promise<string> | undefined

  const toAccount = ({ id, name, email }: Account): Account => ({ id, name, email })
  async function findByEmail(email: string): Promise<Account | undefined> {
    const found = await people.findUserByEmail(email)
    return found ? toAccount(found.user) : undefined
  }
  const addPassword = (id: string, hash: string) =>
    people.linkAccount({ userId: id, accountId: id, providerId: 'credential', password: hash })

  return {
    sessions: createSessions(people),
    create: async ({ name, email, password, isProven = false }) => {
      if (await findByEmail(email)) return fail({ kind: 'emailTaken' })
      /** Before there is anybody: a server that dies while it hashes must not leave an account without a way in. */
      const hash = password === undefined ? undefined : await passwords.hash(password)
      try {
        const user = await people.createUser({ name, email, emailVerified: isProven }, { method: 'email-password' })
        if (hash !== undefined) await addPassword(user.id, hash)
        return ok(toAccount(user))
      } catch (error) {
        /** Two at once: the e-mail is unique in the database. */
        if (await findByEmail(email)) return fail({ kind: 'emailTaken' })
        throw error
      }
    },
    checkPassword: async (email, password) => {
      const found = await people.findUserByEmail(email, { includeAccounts: true })
      nobodys ??= passwords.hash(newSecret())
      const other = await nobodys
      const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password
      const isRight = await passwords.verify({ hash: hash ?? other, password })
      return found && hash && isRight ? ok(toAccount(found.user)) : fail({ kind: 'wrongPassword' })
    },
    find: async (id) => {
      const user = await people.findUserById(id)
      return user ? toAccount(user) : undefined
    },
    findByEmail,
    findLinked: async ({ issuer, subject }) => {
      const owner = await people.findAccountOwnerByKey({ providerId: providerOf(issuer), accountId: subject })
      return owner?.kind === 'owned' ? toAccount(owner.user) : undefined
    },
    link: async (id, { issuer, subject }, isProven) => {
      await people.linkAccount({ userId: id, accountId: subject, providerId: providerOf(issuer) })
      if (isProven) await people.updateUser(id, { emailVerified: true })
    },
    unlink: async (id) => {
      const linked = (await people.findAccounts(id)).filter(({ providerId }) => isProvider(providerId))
      for (const row of linked) await people.deleteAccount(row.id)
      return linked.length
    },
    isProven: async (id) => (await people.findUserById(id))?.emailVerified ?? false,
    waysIn: async (id) => {
      const providers = (await people.findAccounts(id)).map(({ providerId }) => providerId)
      return { password: providers.includes('credential'), linked: providers.some(isProvider) }
    },
    rename: async (id, name) => {
      await people.updateUser(id, { name })
    },
    setPassword: async (id, password) => {
      const hash = await passwords.hash(password)
      if (await people.findCredentialAccount(id)) await people.updatePassword(id, hash)
      else await addPassword(id, hash)
    },
  }
}
