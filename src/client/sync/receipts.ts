import { lazily } from '../../core/lazily.ts'
import type { Body } from '../../core/op.ts'
import type { ReceiptCodes } from '../../core/receipt.ts'
import type { Result } from '../../core/result.ts'
import type { PushRequest } from '../../protocol/push.ts'
import type { Database, DeviceRow } from '../db/schema.ts'

/** `nothing`: this device has recorded nothing there; `tooLong`: a rescue file carries it instead. */
export type ReceiptFailure = { kind: 'nothing' | 'tooLong' }

/** Another device's receipt whose seal holds. */
export type FoundReceipt = {
  space: string
  publicKey: string
  /** Without the server's key its word for the author could not be checked; the server will judge. */
  isCertified: boolean
  bodies: Body[]
  request: PushRequest
}

/** Why a receipt is not taken. `notAllowed`: it holds a change that no attendee may make. */
export type ReceiptProblem = 'damaged' | 'forged' | 'notAllowed'

export type ReceiptReading =
  | { state: 'more'; held: number; count: number }
  | { state: 'refused'; why: ReceiptProblem }
  | { state: 'whole'; receipt: FoundReceipt }

/**
 * [S13] Receipts by QR code: what an attendee's phone shows, and what the team's phones do with it. No network needed.
 */
export type Receipts = {
  /** The codes with what this device recorded as an attendee's: all that is unsent, or the last attendance. */
  make: (space: string) => Promise<Result<ReceiptCodes, ReceiptFailure>>
  /** Takes scanned texts one after the other; frames of a sequence are kept until they make a whole. Writes nothing. */
  read: (text: string) => Promise<ReceiptReading>
  /**
   * Carries a receipt from now on: on the disk when this resolves, in the event's lists at once. Twice changes nothing.
   */
  take: (receipt: FoundReceipt) => Promise<void>
}

export type ReceiptParts = {
  db: Database
  device: () => DeviceRow
  /** The server's public key for attendees' certificates, once it was told. */
  issuer: () => string | undefined
  wall: () => number
  onTaken: () => void
}

/** Loaded with the first receipt: what deflates and reads them is no part of the attendee's first page. */
export function createLazyReceipts(parts: ReceiptParts): Receipts {
  const load = lazily(async () => (await import('./receipt.ts')).createReceipts(parts))
  return {
    make: async (space) => (await load()).make(space),
    read: async (text) => (await load()).read(text),
    take: async (receipt) => (await load()).take(receipt),
  }
}
