import { type ReadonlySignal, signal } from '@preact/signals'
import type { Answers } from '../../core/form/answer.ts'
import type { FormRecord } from '../../core/form/form.ts'
import type { TicketRow } from '../db/ballotRow.ts'
import { decideRefused, keepAnswers, watchTickets } from '../db/ballots.ts'
import { firstRead } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'

/** Answers to anonymous forms on this device; they never are in the log that this device writes. */
export type Ballots = {
  /** Who has answered what from here, with what became of it. */
  tickets: ReadonlySignal<TicketRow[]>
  isAnswered: (space: string, form: string, person: string) => boolean
  /** Resolves once it is on the disk and `onKept` has ended; `false`: this person has answered the form here already. */
  keep: (
    input: { space: string; form: Pick<FormRecord, 'id' | 'version'>; person: string; answers: Answers },
    draft?: string,
  ) => Promise<boolean>
  /** After a person has looked at what the server refused. */
  retry: (space: string) => Promise<void>
  release: (space: string) => Promise<void>
}

/** Resolves when it is known who has answered: a form offered twice would be filled in for nothing. */
export async function createBallots(parts: {
  db: Database
  wall: () => number
  onKept: () => unknown
}): Promise<Ballots> {
  const { db, wall, onKept } = parts
  const tickets = signal<TicketRow[]>([])
  const ballots: Ballots = {
    tickets,
    isAnswered: (space, form, person) =>
      tickets.value.some((row) => row.space === space && row.form === form && row.person === person),
    keep: async ({ space, form, person, answers }, draft) => {
      const ballot = { space, form: form.id, person, version: form.version, answers, writtenAt: wall() }
      const isKept = await keepAnswers(db, ballot, draft)
      if (!isKept) return false
      /** Known at once, not only when the disk has told: nobody is asked a second time in between. */
      if (!ballots.isAnswered(space, form.id, person))
        tickets.value = [...tickets.value, { space, form: form.id, person, state: 'waiting' }]
      await onKept()
      return true
    },
    retry: (space) => decideRefused(db, space, 'waiting'),
    release: (space) => decideRefused(db, space, 'released'),
  }
  await firstRead(watchTickets, db, (found) => {
    tickets.value = found
  })
  return ballots
}
