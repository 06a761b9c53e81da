const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const valueOfLetter = new Map([...alphabet].map((letter, value) => [letter, value]))

/** Base45 (RFC 9285): three letters for two bytes, all of them in the alphanumeric mode of QR codes. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const [high = 0, low] = [bytes[i], bytes[i + 1]]
    let value = low === undefined ? high : high * 256 + low
    for (let letters = low === undefined ? 2 : 3; letters > 0; letters--) {
      text += alphabet[value % 45]
      value = Math.floor(value / 45)
    }
  }
  return text
}

/**
 * The bytes of base45 text, or `undefined` when it is none: another letter, an impossible length or a value too large.
 */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  let at = 0
  for (let i = 0; i < text.length; i += 3) {
    const letters = [...text.slice(i, i + 3)].map((letter) => valueOfLetter.get(letter) ?? Number.NaN)
    const value = letters.reduceRight((sum, letter) => sum * 45 + letter, 0)
    if (!(value <= (letters.length === 3 ? 0xffff : 0xff))) return undefined
    if (letters.length === 3) bytes[at++] = value >> 8
    bytes[at++] = value & 0xff
  }
  return bytes
}
