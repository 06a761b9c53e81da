import { sql } from 'kysely'
import type { FilesStore, HeldFile, Upload } from './store.ts'
import type { Database, Tables } from './tables.ts'

function toFile({ size, created, unnamed, ...file }: Tables['files']): HeldFile {
  return { ...file, sizeBytes: size, createdAt: created, unnamedSince: unnamed }
}

function toUpload({ size, verified, touched, ...upload }: Tables['uploads']): Upload {
  return { ...upload, sizeBytes: size, verified: verified === 1, touchedAt: touched }
}

export function createFiles({ db, atomically }: Database): FilesStore {
  const ofFile = (space: string, hash: string) =>
    db.selectFrom('files').selectAll().where('space', '=', space).where('hash', '=', hash)
  const ofUpload = (space: string, hash: string) =>
    db.updateTable('uploads').where('space', '=', space).where('hash', '=', hash)

  return {
    findFile: async (space, hash) => {
      const row = await ofFile(space, hash).executeTakeFirst()
      return row && toFile(row)
    },
    listHolders: async (hash) => {
      const rows = await db.selectFrom('files').select('space').where('hash', '=', hash).execute()
      return rows.map(({ space }) => space)
    },
    listFiles: async () => (await db.selectFrom('files').selectAll().execute()).map(toFile),
    putFile: ({ sizeBytes, createdAt, unnamedSince, ...file }) =>
      atomically(async (transaction) => {
        await transaction
          .insertInto('files')
          .values({ ...file, size: sizeBytes, created: createdAt, unnamed: unnamedSince })
          .onConflict((conflict) => conflict.columns(['space', 'hash']).doUpdateSet({ unnamed: unnamedSince }))
          .execute()
        await transaction.deleteFrom('uploads').where('space', '=', file.space).where('hash', '=', file.hash).execute()
      }),
    noteUnnamed: async (space, hash, since) => {
      await db
        .updateTable('files')
        .set({ unnamed: since })
        .where('space', '=', space)
        .where('hash', '=', hash)
        .execute()
    },
    dropFile: async (space, hash) => {
      await db.deleteFrom('files').where('space', '=', space).where('hash', '=', hash).execute()
    },
    sizeOfFiles: async (place) => {
      let total = 0
      for (const table of ['files', 'uploads'] as const) {
        const all = db.selectFrom(table).select(sql<number | null>`sum(size)`.as('size'))
        const own = 'dev' in place ? all.where('dev', '=', place.dev) : all.where('space', '=', place.space)
        total += Number((await own.executeTakeFirst())?.size ?? 0)
      }
      return total
    },

    findUpload: async (space, hash) => {
      const row = await db
        .selectFrom('uploads')
        .selectAll()
        .where('space', '=', space)
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row && toUpload(row)
    },
    listUploads: async () => (await db.selectFrom('uploads').selectAll().execute()).map(toUpload),
    beginUpload: async ({ sizeBytes, verified, touchedAt, ...upload }) => {
      await db
        .insertInto('uploads')
        .values({ ...upload, size: sizeBytes, verified: verified ? 1 : 0, touched: touchedAt })
        .onConflict((conflict) => conflict.columns(['space', 'hash']).doNothing())
        .execute()
    },
    advanceUpload: async (space, hash, { from, to, now }) => {
      const moved = ofUpload(space, hash).set({ received: to, touched: now }).where('received', '=', from)
      return (await moved.executeTakeFirst()).numUpdatedRows > 0n
    },
    noteVerified: async (space, hash) => {
      await ofUpload(space, hash).set({ verified: 1 }).execute()
    },
    dropUpload: async (space, hash) => {
      await db.deleteFrom('uploads').where('space', '=', space).where('hash', '=', hash).execute()
    },
  }
}
