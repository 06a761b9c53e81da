import { type Selectable, sql } from 'kysely'
import { type Device, everySpace, type Grant, type Invite, type Member, type Store } from './store.ts'
import type { Database, Tables } from './tables.ts'

type People = Omit<
  Store,
  | 'findSpace'
  | 'listSpaces'
  | 'createSpace'
  | 'append'
  | 'readPage'
  | 'recover'
  | 'countParked'
  | 'alone'
  | 'accounts'
  | 'close'
>

function toDevice({ enrolled, seen, ...row }: Selectable<Tables['devices']>): Device {
  return { ...row, enrolledAt: enrolled, seenAt: seen }
}

function toGrant({ created, revoked, ...row }: Selectable<Tables['grants']>): Grant {
  return { ...row, createdAt: created, revokedAt: revoked }
}

function toInvite({ code, created, expires, ...row }: Selectable<Tables['invites']>): Invite {
  return { ...row, codeHash: code, createdAt: created, expiresAt: expires }
}

/** Devices, grants, invites, and the server's own secrets. */
export function createPeople({ db }: Database): People {
  const devices = db.selectFrom('devices').selectAll()
  const invites = db.selectFrom('invites').selectAll()
  return {
    findDevice: async (dev) => {
      const row = await devices.where('dev', '=', dev).executeTakeFirst()
      return row && toDevice(row)
    },
    findDeviceByCredential: async (credential) => {
      const row = await devices.where('credential', '=', credential).executeTakeFirst()
      return row && toDevice(row)
    },
    putDevice: async ({ enrolledAt, seenAt, ...rest }) => {
      await db
        .insertInto('devices')
        .values({ ...rest, enrolled: enrolledAt, seen: seenAt })
        .onConflict((conflict) => conflict.column('dev').doUpdateSet({ ...rest, seen: seenAt }))
        .execute()
    },
    markSeen: async (dev, now) => {
      await db.updateTable('devices').set({ seen: now }).where('dev', '=', dev).execute()
    },

    findGrants: async (subjects, space) => {
      let query = db.selectFrom('grants').selectAll().where('subject', 'in', subjects)
      if (space !== undefined) query = query.where('space', 'in', [space, everySpace])
      return (await query.execute()).map(toGrant)
    },
    putGrant: async ({ createdAt, revokedAt, ...rest }) => {
      await db
        .insertInto('grants')
        .values({ ...rest, created: createdAt, revoked: revokedAt })
        .onConflict((conflict) =>
          conflict.columns(['space', 'subject', 'role']).doUpdateSet({ created: createdAt, revoked: revokedAt }),
        )
        .execute()
    },
    copyGrants: async (from, to) => {
      const held = db
        .selectFrom('grants')
        .select((of) => ['space', of.val(to).as('subject'), 'role', 'created', 'revoked'])
        .where('subject', '=', from)
      await db
        .insertInto('grants')
        .columns(['space', 'subject', 'role', 'created', 'revoked'])
        .expression(held)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    hasOrganizer: async () => {
      const found = db.selectFrom('grants').select('subject').where('space', '=', everySpace)
      return (await found.where('revoked', 'is', null).executeTakeFirst()) !== undefined
    },
    listMembers: async (space): Promise<Member[]> => {
      const rows = await db
        .selectFrom('grants')
        .innerJoin('devices', (join) =>
          join.on(
            sql<boolean>`grants.subject = 'device:' || devices.dev or grants.subject = 'account:' || devices.account`,
          ),
        )
        .selectAll('devices')
        .select('grants.role')
        .where('grants.space', 'in', [space, everySpace])
        .where('grants.revoked', 'is', null)
        .orderBy('devices.enrolled')
        .execute()
      return rows.map(({ role, ...device }) => ({ device: toDevice(device), role }))
    },

    addInvite: async ({ codeHash, createdAt, expiresAt, ...rest }) => {
      await db
        .insertInto('invites')
        .values({ ...rest, code: codeHash, created: createdAt, expires: expiresAt })
        .execute()
    },
    findInvite: async (codeHash) => {
      const row = await invites.where('code', '=', codeHash).executeTakeFirst()
      return row && toInvite(row)
    },
    claimInvite: async (codeHash, dev) => {
      const claim = db.updateTable('invites').set({ dev }).where('code', '=', codeHash).where('dev', 'is', null)
      return (await claim.returning('code').executeTakeFirst()) !== undefined
    },
    listOpenInvites: async (space, now) => {
      const rows = await invites
        .where('space', '=', space)
        .where('dev', 'is', null)
        .where('expires', '>', now)
        .execute()
      return rows.map(toInvite)
    },

    keepSecret: async (name, value) => {
      await db
        .insertInto('secrets')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute()
      const row = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()
      return row.value
    },
  }
}
