import { createHmac, randomInt } from 'node:crypto'
import { hashSecret } from './keys.ts'

/** No letter or digit that is read as another; 30 of them make 39 bits in eight places, 59 in twelve. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A code that opens a right or an account, as it is shown and dictated: `K7QF-2MXA-9BTD`. Whoever has it is let in
 * however many others guess, so that its 59 bits alone must be too many (SECURITY.md has the arithmetic).
 */
export function newCode(): string {
  return Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-')
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
