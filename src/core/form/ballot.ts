import { toBase64Url } from '../bytes.ts'
import { sha256 } from '../sha256.ts'

/** The answers of a ballot (protocol/ballot.ts) have at most so many bytes as JSON. */
export const maxBallotBytes = 65_536

/** The device in whose name a server puts the ballots of a form into the log: nobody's, so that they are nobody's. */
export function ballotBox(form: string): string {
  return toBase64Url(sha256(`ballot box ${form}`).subarray(0, 16))
}

/** The number and the salt of a ballot's op: they follow from its nonce, so that it enters the log once. */
export function ballotName(nonce: string): { n: number; salt: string } {
  const digest = sha256(`ballot ${nonce}`)
  const view = new DataView(digest.buffer, digest.byteOffset)
  const n = 1 + view.getUint32(0) * 2 ** 16 + view.getUint16(4)
  return { n, salt: toBase64Url(digest.subarray(8, 16)) }
}
