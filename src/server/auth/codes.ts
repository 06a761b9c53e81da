import { createHmac, randomInt } from 'node:crypto'
import { hashSecret } from './keys.ts'

/** No letter or digit that is read as another; 30 of them make 39 bits in eight places. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Groups of four letters, by chance. */
const newGroups = (count: number) =>
  Array.from({ length: count }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-')

/** An invite code as it is shown and dictated: `K7QF-2MXA`. */
export function newCode(): string {
  return newGroups(2)
}

/** A code for a new password: 59 bits, since it opens an account. */
export function newResetCode(): string {
  return newGroups(3)
}

/** How an invitation is named to organizers: its code can be told by nobody who did not see it made. */
export function inviteId(codeHash: string): string {
  return hashSecret(codeHash).slice(0, 22)
}

/**
 * The code of a gate, eight letters: the same for the same gate, so that an answer that was lost can be asked for again
 * and a server that was restored still knows the posters on the walls.
 */
export function gateCode(secret: string, space: string, gate: string): string {
  const bytes = createHmac('sha256', secret)
    .update(JSON.stringify(['gate', space, gate]))
    .digest()
  let number = bytes.readBigUInt64BE(0)
  return Array.from({ length: 8 }, () => {
    const letter = alphabet[Number(number % BigInt(alphabet.length))]
    number /= BigInt(alphabet.length)
    return letter
  }).join('')
}
