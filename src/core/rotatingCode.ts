import { shortCode } from './shortCode.ts'

/** How long the wall shows one code. */
export const codeStepMs = 20_000
/** Four digits are typed from across a hall; a guess is right once in a thousand times, and only a hint hangs on it. */
const digits = 4
/** Steps that a code is good for before and after its own: slow fingers, and clocks that are a minute apart. */
const toleratedSteps = 3
/** Between reading the code and saving lies a form; what was read earlier than this proves nothing about now. */
const longestFormMs = 60 * 60_000

/** The code that an attendee read off the wall, and when (corrected time, epoch ms). */
export type WallCode = { code: string; at: number }

export const stepOf = (at: number) => Math.floor(at / codeStepMs)

/** Codes of the event that was asked about last: a hall of a thousand phones shares a few hundred steps. */
let known: { salt: string; codes: Map<number, string | undefined> } = { salt: '', codes: new Map() }

/**
 * The code of a 20-second step, or `undefined` in an event without a salt. Any device of a facilitator or organizer
 * shows it and verifies it, without a network and years later.
 */
export function codeOfStep(eventSalt: string, step: number): string | undefined {
  if (known.salt !== eventSalt) known = { salt: eventSalt, codes: new Map() }
  const held = known.codes.get(step)
  if (held) return held
  const message = new Uint8Array(8)
  new DataView(message.buffer).setBigUint64(0, BigInt(Math.max(0, step)))
  const code = shortCode(eventSalt, 'rotating code', message, digits)
  known.codes.set(step, code)
  return code
}

/** `late`: it was right when it was shown, but was claimed for, or used at, another time than that. */
export type CodeVerdict = 'right' | 'wrong' | 'late' | 'missing'

/**
 * What a facilitator's device makes of a stored code; `savedAt` is the time of the attendance. Never a reason to
 * refuse.
 */
export function judgeCode(eventSalt: string, claim: WallCode | undefined, savedAt: number): CodeVerdict {
  if (!claim) return 'missing'
  const step = stepOf(claim.at)
  for (let off = -toleratedSteps; off <= toleratedSteps; off++)
    if (codeOfStep(eventSalt, step + off) === claim.code) return isFresh(claim.at, savedAt) ? 'right' : 'late'
  return 'wrong'
}

function isFresh(readAt: number, savedAt: number): boolean {
  return readAt > savedAt - longestFormMs && readAt < savedAt + toleratedSteps * codeStepMs
}

/** What an attendee typed, as it is stored: digits only; `undefined` while it is no code. */
export function readWallCode(typed: string): string | undefined {
  const code = typed.replace(/\s/g, '')
  return code.length === digits && /^\d+$/.test(code) ? code : undefined
}
