import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Made by tools/commonPasswords.ts; as hashes, since what people choose is seldom fit to be printed. */
export const listPath = new URL('./commonPasswords.bin', import.meta.url)
const hashBytes = 6

/** Six bytes tell 3,000 passwords from all others well enough: one good password of 10¹¹ is refused. */
export function hashOfPassword(plain: string): Buffer {
  return createHash('sha256').update(plain).digest().subarray(0, hashBytes)
}

function readList(): ReadonlySet<string> {
  const bytes = readFileSync(listPath)
  return new Set(
    Array.from({ length: bytes.length / hashBytes }, (_, i) =>
      bytes.toString('hex', i * hashBytes, (i + 1) * hashBytes),
    ),
  )
}
let list: ReadonlySet<string> | undefined

/**
 * Whether a password is one of the 3,000 most common that are long enough, whatever its letters' case (OWASP ASVS
 * 6.2.4).
 */
export function isCommon(password: string): boolean {
  list ??= readList()
  return list.has(hashOfPassword(password.normalize('NFKC').toLowerCase()).toString('hex'))
}
