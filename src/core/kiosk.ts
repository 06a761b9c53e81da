import { utf8 } from './bytes.ts'
import { shortCode } from './shortCode.ts'

const freeTries = 5
const firstWaitMs = 30_000
export const longestWaitMs = 15 * 60_000
const challengeDigits = 6
/** Whoever has the code of another device does not wait for a lock; whoever guesses at it gets no further. */
export const codeTriesPerLock = 5

/** Four to eight digits. */
export function isPin(typed: string): boolean {
  return /^\d{4,8}$/.test(typed)
}

/** How long nobody may try after this many wrong PINs: nothing at first, then twice as long each time. */
export function waitAfterMs(tries: number): number {
  return tries < freeTries ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - freeTries))
}

/** The number that a kiosk shows to whoever forgot its PIN. `random` holds at least four bytes. */
export function makeChallenge(random: Uint8Array): string {
  const number = new DataView(random.buffer, random.byteOffset).getUint32(0)
  return String(number % 10 ** challengeDigits).padStart(challengeDigits, '0')
}

/** Six digits; whether they are the right ones says `releaseCode`. */
export function looksLikeReleaseCode(typed: string): boolean {
  return /^\d{6}$/.test(typed)
}

/**
 * What opens a kiosk whose PIN was forgotten: every other device of the event's team makes it of the number that the
 * kiosk shows, without a network, also when it is read out on the telephone. `undefined` while a digit is missing.
 */
export function releaseCode(eventSalt: string, challenge: string): string | undefined {
  const number = challenge.replace(/\s/g, '')
  if (!/^\d{6}$/.test(number)) return undefined
  return shortCode(eventSalt, 'kiosk', utf8(number), challengeDigits)
}
