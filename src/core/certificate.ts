import { utf8 } from './bytes.ts'

/**
 * The server's word that a device is an attendee's of a space: its ES256 signature, by the key that GET /session calls
 * `issuer`. With it a facilitator's phone trusts a device without a network that it has never seen, and a server that
 * was restored from a backup believes it too.
 */
export type Certificate = {
  space: string
  /** The device's P-256 point, uncompressed, base64url. */
  publicKey: string
  /** What every person's id that the device may write begins with. */
  owner: string
  /** 64 raw bytes, base64url. */
  signature: string
}

/** What the server signs. */
export function certificateMessage({ space, publicKey, owner }: Omit<Certificate, 'signature'>): Uint8Array {
  return utf8(JSON.stringify(['attendee', space, publicKey, owner]))
}
