const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const valueOfLetter = new Map([...alphabet].map((letter, value) => [letter, value]))

/** base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const letters = Math.min(4, bytes.length - i + 1)
    for (let k = 0; k < letters; k++) text += alphabet[(triple >> (18 - 6 * k)) & 63]
  }
  return text
}

/** The bytes of base64url text, or `undefined` when it holds another character or an impossible length. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let buffer = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    const value = valueOfLetter.get(letter)
    if (value === undefined) return undefined
    buffer = ((buffer << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (buffer >> bits) & 0xff
    }
  }
  return bytes
}

/**
 * UTF-8 of a string; a lone surrogate becomes U+FFFD, as TextEncoder does. Core has no TextEncoder: it knows no
 * runtime.
 */
export function utf8(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length)
  let start = 0
  for (; start < text.length; start++) {
    const code = text.charCodeAt(start)
    if (code >= 0x80) break
    ascii[start] = code
  }
  return start === text.length ? ascii : anyUtf8(text, ascii.subarray(0, start))
}

/** The same of a text whose first characters are done. */
function anyUtf8(text: string, ascii: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  bytes.set(ascii)
  let at = ascii.length
  for (let i = ascii.length; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code < 0x80) {
      bytes[at++] = code
      continue
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(i + 1)
      if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00)
        i++
      } else code = 0xfffd
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12)
      else {
        bytes[at++] = 0xf0 | (code >> 18)
        bytes[at++] = 0x80 | ((code >> 12) & 63)
      }
      bytes[at++] = 0x80 | ((code >> 6) & 63)
    }
    bytes[at++] = 0x80 | (code & 63)
  }
  return bytes.subarray(0, at)
}

/** The parts one after the other, in new memory. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The text of UTF-8 bytes, or `undefined` when they are none: cut off, overlong, a surrogate or above U+10FFFF. */
export function fromUtf8(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++] ?? 0
    const more = first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1
    if (more < 0) return undefined
    let code = more === 0 ? first : first & (0x3f >> more)
    for (let i = 0; i < more; i++) {
      const next = bytes[at++]
      if (next === undefined || next >> 6 !== 2) return undefined
      code = (code << 6) | (next & 0x3f)
    }
    const smallest = [0, 0x80, 0x800, 0x10000][more] ?? 0
    if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
    text += String.fromCodePoint(code)
  }
  return text
}
