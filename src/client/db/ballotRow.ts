import type { Answers } from '../../core/form/answer.ts'

/**
 * That a person has answered an anonymous form from here, which happens once. Until the server has given the ticket the
 * answers wait in this row (`held`), with what hides them (`blinding`, made before the first call and kept for the
 * next); then they go to a row of `ballots` that does not know the person, and neither of the two leads to the other.
 */
export type TicketRow = {
  space: string
  form: string
  person: string
  state: 'waiting' | 'given' | 'refused' | 'released'
  held?: { version: string; answers: Answers; writtenAt: number }
  /** 32 bytes of chance, the scalar that hides them, and the hidden point (core/form/ballot.ts), base64url. */
  blinding?: { nonce: string; blind: string; blinded: string }
  refusedFor?: TicketRefusal
  heldFor?: BallotHold
  /** This device's clock when the server first could not take it. */
  heldSince?: number
}
/** `used`: this person's ticket was given to another device; `badProof`: the server did not use the form's one key. */
export type TicketRefusal = 'used' | 'badProof'
/**
 * What the server said when it could not take an answer that waits, and may take later: it has not seen the person there
 * (`forbidden`), or does not know the form or what was asked.
 */
export type BallotHold = 'forbidden' | 'notFound' | 'badRequest'

/** Answers to an anonymous form with their token. Kept after they were sent, for a server that is put back. */
export type BallotRow = {
  nonce: string
  space: string
  form: string
  version: string
  token: string
  answers: Answers
  state: 'waiting' | 'sent' | 'refused' | 'released'
  /**
   * This device's clock before which it is not sent, infinite while that is to be chosen; and when it was sent, by the
   * server's clock.
   */
  sendAt: number
  /** The epoch of the log when the server last took it. */
  sentIn?: string
  heldFor?: BallotHold
  /** This device's clock when the server first could not take it. */
  heldSince?: number
}
