/** The right to answer an anonymous form once. `blinded` tells nothing about the ballot. */
export type Ticket = { space: string; form: string; person: string; blinded: string }

/** Answers to an anonymous form, on their way into the log; `day` is all that is known of when they came. */
export type WaitingBallot = { space: string; form: string; nonce: string; day: number; body: string }

/** Tickets that were given, by person, and ballots that wait for company, by chance: nothing joins the two. */
export type BallotStore = {
  /** Notes that a person was given a ticket for a form; false when another one was given before. */
  claimTicket(ticket: Ticket): Promise<boolean>
  /** The persons who were given a ticket for a form; one who was merged is there under each of his ids. */
  listTicketed(space: string, form: string): Promise<string[]>
  /** Keeps a ballot until it is put into the log; one that waits already stays as it is. */
  keepBallot(ballot: WaitingBallot): Promise<void>
  /** The waiting ballots of a form by nonce, which is by chance. */
  listBallots(space: string, form: string): Promise<WaitingBallot[]>
  dropBallots(space: string, form: string, nonces: string[]): Promise<void>
  /** The forms for which ballots wait. */
  listBallotForms(): Promise<{ space: string; form: string }[]>
}
