import { type Selectable, sql } from 'kysely'
import { appendEntries } from './audit.ts'
import type { CredentialStore, Passkey, ResetCode } from './credentialStore.ts'
import { everySpace } from './store.ts'
import type { Database, Tables } from './tables.ts'

function toPasskey({ created, used, ...row }: Selectable<Tables['passkeys']>): Passkey {
  return { ...row, createdAt: created, usedAt: used }
}

function toResetCode({ code, created, expires, used, ...row }: Selectable<Tables['resetCodes']>): ResetCode {
  return { ...row, codeHash: code, createdAt: created, expiresAt: expires, usedAt: used }
}

/** Passkeys, reset codes, and the counts of tries. */
export function createCredentials({ db, atomically }: Database): CredentialStore {
  return {
    addPasskey: async ({ createdAt, usedAt, ...rest }) => {
      const added = await db
        .insertInto('passkeys')
        .values({ ...rest, created: createdAt, used: usedAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      return added !== undefined
    },
    findPasskey: async (id) => {
      const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toPasskey(row)
    },
    listPasskeys: async (account) => {
      const rows = db.selectFrom('passkeys').selectAll().where('account', '=', account).orderBy('created')
      return (await rows.execute()).map(toPasskey)
    },
    usePasskey: async (id, counter, now) => {
      await db.updateTable('passkeys').set({ counter, used: now }).where('id', '=', id).execute()
    },
    namePasskey: async (account, id, name) => {
      const named = db.updateTable('passkeys').set({ name }).where('id', '=', id).where('account', '=', account)
      return (await named.returning('id').executeTakeFirst()) !== undefined
    },
    dropPasskey: (account, id, isOnlyWay) =>
      atomically(async (transaction) => {
        /**
         * An update that changes nothing locks the rows: of two removals at once the second sees what the first has
         * left.
         */
        const held = await transaction
          .updateTable('passkeys')
          .set((of) => ({ name: of.ref('name') }))
          .where('account', '=', account)
          .returning('id')
          .execute()
        if (!held.some((passkey) => passkey.id === id)) return 'none'
        if (isOnlyWay && held.length === 1) return 'last'
        await transaction.deleteFrom('passkeys').where('id', '=', id).execute()
        return 'done'
      }),
    dropPasskeys: (account) =>
      atomically(async (transaction) => {
        const dropped = transaction.deleteFrom('passkeys').where('account', '=', account)
        return Number((await dropped.executeTakeFirst()).numDeletedRows)
      }),

    putResetCode: async ({ account, codeHash, createdAt, expiresAt, usedAt, author }) => {
      const row = { author, code: codeHash, created: createdAt, expires: expiresAt, used: usedAt }
      await db
        .insertInto('resetCodes')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute()
    },
    findResetCode: async (codeHash) => {
      const row = await db.selectFrom('resetCodes').selectAll().where('code', '=', codeHash).executeTakeFirst()
      return row && toResetCode(row)
    },
    claimResetCode: async (codeHash, now) => {
      const claim = db.updateTable('resetCodes').set({ used: now }).where('code', '=', codeHash)
      return (await claim.where('used', 'is', null).returning('code').executeTakeFirst()) !== undefined
    },

    findTries: async (key) => {
      return db.selectFrom('tries').select(['wrong', 'at']).where('key', '=', key).executeTakeFirst()
    },
    putTries: async (key, next, before) => {
      if (!before) {
        const put = db.insertInto('tries').values({ key, ...next })
        const added = put.onConflict((conflict) => conflict.doNothing()).returning('key')
        return (await added.executeTakeFirst()) !== undefined
      }
      const put = db.updateTable('tries').set(next).where('key', '=', key).where('wrong', '=', before.wrong)
      return (await put.where('at', '=', before.at).returning('key').executeTakeFirst()) !== undefined
    },
    dropTries: async (key) => {
      await db.deleteFrom('tries').where('key', '=', key).execute()
    },
    dropTriesBefore: (at) =>
      atomically(async (transaction) => {
        await transaction.deleteFrom('tries').where('at', '<', at).execute()
      }),

    countRefusal: async (account, hour) => {
      await db
        .insertInto('refusals')
        .values({ account, hour, count: 1 })
        .onConflict((conflict) => conflict.columns(['hour', 'account']).doUpdateSet({ count: sql`refusals.count + 1` }))
        .execute()
    },
    settleRefusals: (before, now) =>
      atomically(async (transaction) => {
        const over = await transaction.deleteFrom('refusals').where('hour', '<', before).returningAll().execute()
        const common = {
          at: now,
          kind: 'signInRefused' as const,
          space: everySpace,
          account: null,
          dev: null,
          reason: '',
        }
        const entries = over
          .filter(({ account }) => account !== '')
          .sort((a, b) => a.hour - b.hour)
          .map(({ account, hour, count }) => ({ ...common, about: `account:${account}`, detail: { count, hour } }))
        if (entries.length > 0) await appendEntries(transaction, entries)
      }),

    spend: async (hash, expires, now) => {
      await atomically((transaction) => transaction.deleteFrom('spent').where('expires', '<', now).execute())
      const spent = db.insertInto('spent').values({ hash, expires })
      const first = spent.onConflict((conflict) => conflict.doNothing()).returning('hash')
      return (await first.executeTakeFirst()) !== undefined
    },
  }
}
