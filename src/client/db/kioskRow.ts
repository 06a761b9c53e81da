/** This device stands at a door as a kiosk of one session until its PIN is given (client/state/kiosk.ts). */
export type KioskRow = {
  key: 'kiosk'
  space: string
  session: string
  /** The PIN's hash and its salt, base64url. */
  hash: string
  salt: string
  /** Wrong PINs so far, and this device's clock before which no other is tried. */
  tries: number
  lockedUntil: number
  /** Release codes that were tried while it is locked; none yet where it is missing. */
  codeTries?: number
  /** Six digits for whoever forgot the PIN (core/kiosk.ts). */
  challenge: string
}
