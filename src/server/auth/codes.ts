import { randomInt } from 'node:crypto'

/** No letter or digit that is read as another; 30 of them make 39 bits in eight places. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An invite code as it is shown and dictated: `K7QF-2MXA`. */
export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** A typed code without dashes, spaces and case. */
export function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
