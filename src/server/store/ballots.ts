import type { BallotStore } from './ballotStore.ts'
import type { Database } from './tables.ts'

/** Tickets, which name people, and ballots, which do not; nothing joins the two. */
export function createBallots({ db, atomically }: Database): BallotStore {
  return {
    claimTicket: (ticket) =>
      atomically(async (transaction) => {
        await transaction
          .insertInto('tickets')
          .values(ticket)
          .onConflict((conflict) => conflict.columns(['space', 'form', 'person']).doNothing())
          .execute()
        const held = await transaction
          .selectFrom('tickets')
          .select('blinded')
          .where('space', '=', ticket.space)
          .where('form', '=', ticket.form)
          .where('person', '=', ticket.person)
          .executeTakeFirstOrThrow()
        return held.blinded === ticket.blinded
      }),
    listTicketed: async (space, form) => {
      const tickets = db.selectFrom('tickets').select('person').where('space', '=', space).where('form', '=', form)
      return (await tickets.orderBy('person').execute()).map(({ person }) => person)
    },
    keepBallot: async ({ body, ...ballot }) => {
      await db
        .insertInto('ballots')
        .values({ ...ballot, body: Buffer.from(body, 'utf8') })
        .onConflict((conflict) => conflict.columns(['space', 'form', 'nonce']).doNothing())
        .execute()
    },
    listBallots: async (space, form) => {
      const rows = await db
        .selectFrom('ballots')
        .selectAll()
        .where('space', '=', space)
        .where('form', '=', form)
        .orderBy('nonce')
        .execute()
      return rows.map((row) => ({ ...row, body: row.body.toString() }))
    },
    dropBallots: (space, form, nonces) =>
      atomically(async (transaction) => {
        const dropping = transaction.deleteFrom('ballots').where('space', '=', space).where('form', '=', form)
        await dropping.where('nonce', 'in', nonces).execute()
      }),
    listBallotForms: () => db.selectFrom('ballots').select(['space', 'form']).distinct().execute(),
  }
}
