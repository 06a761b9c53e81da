/**
 * A file of a material that was captured here, in one event. `waiting`: it goes to the server by itself; `refused`: the
 * server does not take it, and a person decides; `sent`: the server has it, and it stays for a while; `released`: let
 * go of.
 */
export type BlobState = 'waiting' | 'paused' | 'refused' | 'sent' | 'released'
export type BlobRow = {
  space: string
  /** SHA-256 of the content, base64url. */
  hash: string
  type: string
  sizeBytes: number
  state: BlobState
  /** This device's clock, epoch ms: captured, sent or let go of, and when the server last said that it has it. */
  addedAt: number
  settledAt: number
  checkedAt: number
  /** The server's clock when it was first met as sent or let go of, epoch ms: from then on it is kept for a while. */
  keptFrom?: number
  /** How much of it the server has, as it last said. */
  sentBytes?: number
  /** The epoch of the log when the server took it. */
  sentIn?: string
  refusedFor?: string
}
/** The bytes, once for all events. Apart from the row, so that a change of state never copies them. */
export type ContentRow = { hash: string; content: Blob }
