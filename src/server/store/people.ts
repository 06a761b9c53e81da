import { type Kysely, type Selectable, sql } from 'kysely'
import { LostRowsError } from './damage.ts'
import { keepCompiled } from './keepCompiled.ts'
import type { PeopleStore } from './peopleStore.ts'
import { type Device, everySpace, type GateCode, type Grant, type Invite, type Member } from './store.ts'
import type { Database, Tables } from './tables.ts'
import { createTogether } from './together.ts'

function toDevice({ enrolled, seen, revoked, signedOut, ...row }: Selectable<Tables['devices']>): Device {
  return { ...row, enrolledAt: enrolled, seenAt: seen, revokedAt: revoked, signedOutAt: signedOut }
}

function toGrant({ created, revoked, expires, full: _, ...row }: Selectable<Tables['grants']>): Grant {
  return { ...row, createdAt: created, revokedAt: revoked, expiresAt: expires }
}

function toInvite({ code, created, expires, ...row }: Selectable<Tables['invites']>): Invite {
  return { ...row, codeHash: code, createdAt: created, expiresAt: expires }
}

function toGate({ code, created, closed, ...row }: Selectable<Tables['gates']>): GateCode {
  return { ...row, codeHash: code, createdAt: created, closedAt: closed }
}

const grantColumns = ['space', 'subject', 'role', 'created', 'revoked', 'expires', 'owner'] as const

/** Writes a grant with `db`, which may be a transaction. */
async function putGrant(db: Kysely<Tables>, grant: Grant): Promise<void> {
  const { space, subject, role, createdAt, revokedAt, expiresAt = null, owner = null } = grant
  const times = { created: createdAt, revoked: revokedAt, expires: expiresAt }
  await db
    .insertInto('grants')
    .values({ space, subject, role, owner, ...times })
    .onConflict((conflict) =>
      conflict
        .columns(['space', 'subject', 'role'])
        .doUpdateSet({ ...times, owner: sql`coalesce(grants.owner, excluded.owner)` }),
    )
    .execute()
}

/** When a device was here, or how much it has not sent. */
type DeviceNote = { dev: string; seen: number } | { dev: string; unsent: number }

/** Devices, grants, invites, gates, and the server's own secrets. */
export function createPeople({ db, atomically, broken }: Database): PeopleStore {
  const devices = db.selectFrom('devices').selectAll()
  const byCredential = keepCompiled(db, devices.where('credential', '=', ''))
  const grants = db.selectFrom('grants').selectAll()
  /** Of a device and its account, which is whom grants name. */
  const ofTwo = grants.where('subject', 'in', ['device:', 'account:']).where('space', 'in', ['', everySpace])
  const grantsIn = keepCompiled(db, ofTwo)
  const ofOwner = db.selectFrom('grants').select('subject').where('space', '=', '').where('owner', '=', '')
  const owned = keepCompiled(db, ofOwner)
  /**
   * A thousand phones that come back into coverage at once must not be two thousand commits, nor wait for each other's
   * rows: what is noted of devices is written by one after the other.
   */
  const noteTogether = createTogether<DeviceNote, void>(
    async (_, notes) => {
      const seen = notes.filter((note) => 'seen' in note)
      const unsentByDev = new Map(notes.flatMap((note) => ('unsent' in note ? [[note.dev, note.unsent]] : [])))
      await atomically(async (transaction) => {
        const note = (change: { seen: number } | { unsent: number }, devs: string[]) =>
          transaction.updateTable('devices').set(change).where('dev', 'in', devs).execute()
        if (seen.length > 0) {
          const latest = Math.max(...seen.map((one) => one.seen))
          await note(
            { seen: latest },
            seen.map(({ dev }) => dev),
          )
        }
        for (const unsent of new Set(unsentByDev.values()))
          await note(
            { unsent },
            [...unsentByDev].filter(([, count]) => count === unsent).map(([dev]) => dev),
          )
      })
      return notes.map(() => undefined)
    },
    { waitMs: 4, weigh: () => 1, maxWeight: 1_000 },
  )
  const invites = db.selectFrom('invites').selectAll()
  /** Grants of the team in a space, also ended ones, each with the devices that hold it. */
  const ofTeam = (space: string) =>
    db
      .selectFrom('grants')
      .innerJoin('devices', (join) =>
        join.on(
          sql<boolean>`grants.subject = 'device:' || devices.dev or grants.subject = 'account:' || devices.account`,
        ),
      )
      .where('grants.space', 'in', [space, everySpace])
      .where('grants.role', '!=', 'attendee')
  const attendees = (space: string) =>
    db
      .selectFrom('grants')
      .innerJoin('devices', (join) => join.on(sql<boolean>`grants.subject = 'device:' || devices.dev`))
      .where('grants.space', '=', space)
      .where('grants.role', '=', 'attendee')
      .where('grants.revoked', 'is', null)
      .where('devices.revoked', 'is', null)
  return {
    findDevice: async (dev) => {
      const row = await devices.where('dev', '=', dev).executeTakeFirst()
      return row && toDevice(row)
    },
    findDeviceByCredential: async (credential) => {
      const [row] = await byCredential(credential)
      return row && toDevice(row)
    },
    putDevice: async ({ dev, point, credential, name, holder, account, enrolledAt, seenAt }) => {
      const row = { dev, point, credential, name, holder, account, seen: seenAt, signedOut: null }
      await db
        .insertInto('devices')
        .values({ ...row, enrolled: enrolledAt })
        .onConflict((conflict) => conflict.column('dev').doUpdateSet(row))
        .execute()
    },
    markSeen: (dev, now) => noteTogether('', { dev, seen: now }),
    listDevices: async (account) => {
      return (await devices.where('account', '=', account).orderBy('enrolled').execute()).map(toDevice)
    },
    giveToAccount: (dev, account) =>
      atomically(async (transaction) => {
        await transaction.updateTable('devices').set({ account }).where('dev', '=', dev).execute()
        const held = transaction.updateTable('grants').set({ subject: `account:${account}` })
        await held.where('subject', '=', `device:${dev}`).where('role', '!=', 'attendee').execute()
      }),
    signOutDevice: async (dev, now) => {
      /** No cookie's hash contains a colon. */
      const credential = `none:${dev}`
      await db.updateTable('devices').set({ credential, signedOut: now }).where('dev', '=', dev).execute()
    },
    markUnsent: (dev, unsent) => noteTogether('', { dev, unsent }),
    renameDevice: async (dev, name) => {
      await db.updateTable('devices').set({ name }).where('dev', '=', dev).execute()
    },
    passOnRevocation: async (dev, revoked) => {
      await db.updateTable('devices').set({ revoked }).where('dev', '=', dev).where('revoked', 'is', null).execute()
    },

    findGrants: async (subjects, space) => {
      const [first, second = first, more] = subjects
      if (space !== undefined && first && second && !more)
        return (await grantsIn(first, second, space, everySpace)).map(toGrant)
      const query = grants.where('subject', 'in', subjects)
      const rows = await (space === undefined ? query : query.where('space', 'in', [space, everySpace])).execute()
      return rows.map(toGrant)
    },
    putGrant: (grant) => putGrant(db, grant),
    copyGrants: async (from, to) => {
      const held = db
        .selectFrom('grants')
        .select((of) => ['space', of.val(to).as('subject'), 'role', 'created', 'revoked', 'expires', 'owner'])
        .where('subject', '=', from)
      await db
        .insertInto('grants')
        .columns(grantColumns)
        .expression(held)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    hasOrganizer: async () => {
      const held = db.selectFrom('grants').select('subject').where('space', '=', everySpace)
      const standing = held.where('role', '=', 'organizer').where('revoked', 'is', null)
      if (await standing.executeTakeFirst()) return true
      const setUp = db.selectFrom('audit').select('seq').where('kind', '=', 'setUp')
      if (!(await setUp.executeTakeFirst())) return false
      /** It may have been set up between the two readings. */
      if (await standing.executeTakeFirst()) return true
      /** The last one cannot be removed: grants are gone, and this is no new server. */
      throw new LostRowsError(broken, 'it was set up, and has no organizer any more')
    },
    listOwned: async (space, owner) => {
      return (await owned(space, owner)).map(({ subject }) => subject)
    },
    markFull: (space, owner, now) =>
      atomically(async (transaction) => {
        const marking = transaction.updateTable('grants').set({ full: now })
        await marking.where('space', '=', space).where('owner', '=', owner).execute()
      }),
    countFull: async (space) => {
      const row = await db
        .selectFrom('grants')
        .select((of) => of.fn.count<number>('owner').distinct().as('count'))
        .where('space', '=', space)
        .where('full', 'is not', null)
        .executeTakeFirstOrThrow()
      return row.count
    },
    listRevoked: async (space, until) => {
      const rows = await ofTeam(space)
        .selectAll('devices')
        .distinct()
        .where('devices.revoked', 'is not', null)
        .where(({ eb, or, ref }) =>
          or([
            eb('devices.signedOut', 'is', null),
            eb('devices.signedOut', '<', ref('devices.revoked')),
            eb('devices.signedOut', '>=', until),
          ]),
        )
        .orderBy('devices.revoked', 'desc')
        .execute()
      return rows.map(toDevice)
    },
    listMembers: async (space): Promise<Member[]> => {
      const rows = await ofTeam(space)
        .selectAll('devices')
        .select(['grants.role', 'grants.subject', 'grants.created as since', 'grants.space'])
        .where('grants.revoked', 'is', null)
        .where('devices.revoked', 'is', null)
        .orderBy('devices.enrolled')
        .execute()
      return rows.map(({ role, subject, since, space: where, ...device }) => {
        return { device: toDevice(device), role, subject, since, everywhere: where === everySpace }
      })
    },
    countAttendees: async (space) => {
      const row = await attendees(space)
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return row.count
    },
    listAttendees: async (space, { enrolledAt, dev }, most) => {
      const rows = await attendees(space)
        .selectAll('devices')
        .where(sql<boolean>`(devices.enrolled, devices.dev) < (${enrolledAt}, ${dev})`)
        .orderBy('devices.enrolled', 'desc')
        .orderBy('devices.dev', 'desc')
        .limit(most)
        .execute()
      return rows.map(toDevice)
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
    claimInvite: (codeHash, dev, grant) =>
      atomically(async (transaction) => {
        const claim = transaction.updateTable('invites').set({ dev }).where('code', '=', codeHash)
        const claimed = await claim.where('dev', 'is', null).returning('code').executeTakeFirst()
        if (claimed) await putGrant(transaction, grant)
        return claimed !== undefined
      }),
    listOpenInvites: async (space, now) => {
      const rows = await invites
        .where('space', '=', space)
        .where('dev', 'is', null)
        .where('expires', '>', now)
        .execute()
      return rows.map(toInvite)
    },
    endInvite: async (codeHash, now) => {
      const end = db.updateTable('invites').set({ expires: now }).where('code', '=', codeHash).where('dev', 'is', null)
      return (await end.where('expires', '>', now).returning('code').executeTakeFirst()) !== undefined
    },

    openGate: async ({ codeHash, createdAt, closedAt, ...rest }) => {
      await db
        .insertInto('gates')
        .values({ ...rest, code: codeHash, created: createdAt, closed: closedAt })
        .onConflict((conflict) => conflict.column('code').doUpdateSet({ closed: closedAt }))
        .execute()
    },
    findGate: async (codeHash) => {
      const row = await db.selectFrom('gates').selectAll().where('code', '=', codeHash).executeTakeFirst()
      return row && toGate(row)
    },
    closeGate: async (space, codeHash, now) => {
      const close = db.updateTable('gates').set({ closed: now }).where('code', '=', codeHash)
      await close.where('space', '=', space).where('closed', 'is', null).execute()
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
