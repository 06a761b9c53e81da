import { splitFragment } from './gate.ts'

/**
 * What a scanned, photographed or typed text is. `text` is handed on as it was read; who understands it checks it. A
 * link counts only when it leads to this server: a code of another one, or a stranger's address, is `unknown`.
 */
export type Code =
  | { kind: 'pass'; text: string }
  | { kind: 'receipt'; text: string }
  | { kind: 'gate' | 'invite'; code: string }
  /** The letters of a code typed by hand, which do not say what they open. */
  | { kind: 'letters'; code: string }
  | { kind: 'unknown' }

/** A personal pass, and one frame of a receipt, begin so; what follows is base45, so that QR stays alphanumeric. */
export const passPrefix = 'HP1:'
export const receiptPrefix = 'HR1:'

/** Letters of codes (server/auth/codes.ts): eight open a gate, twelve a team. */
const letters = /^[2-9A-HJ-NP-Z]{8}(?:[2-9A-HJ-NP-Z]{4})?$/
/**
 * Without the dashes and spaces of people who type them. Any other sign stays: what holds it is not a code (gate.ts).
 */
const withoutDashes = (typed: string) => typed.toUpperCase().replace(/[-\s]/g, '')

/** Splits a link to `origin` into path and fragment; QR readers of phones may have put the host in capitals. */
function ownLink(text: string, origin: string): { path: string; fragment: string } | undefined {
  if (text.slice(0, origin.length).toLowerCase() !== origin.toLowerCase()) return undefined
  const [path = '', fragment = ''] = text.slice(origin.length).split('#')
  return path.startsWith('/') ? { path, fragment } : undefined
}

function codeOfLink({ path, fragment }: { path: string; fragment: string }): Code {
  const half = /^\/m\/([^/?]+)(?:\?.*)?$/.exec(path)?.[1]
  const { secret } = splitFragment(fragment)
  const code = withoutDashes(half === undefined ? fragment : half + secret)
  if (!letters.test(code)) return { kind: 'unknown' }
  if (half !== undefined) return { kind: 'gate', code }
  return path === '/gabung' ? { kind: 'invite', code } : { kind: 'unknown' }
}

/** `origin` of this app's own links, as `https://hadir.contoh.go.id`. */
export function readCode(raw: string, origin: string): Code {
  const text = raw.trim()
  if (text.startsWith(passPrefix)) return { kind: 'pass', text }
  if (text.startsWith(receiptPrefix)) return { kind: 'receipt', text }
  const link = ownLink(text, origin)
  if (link) return codeOfLink(link)
  const code = withoutDashes(text)
  return letters.test(code) ? { kind: 'letters', code } : { kind: 'unknown' }
}
