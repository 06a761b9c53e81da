/** The server asks for no less (protocol/parts.ts). */
export const minPasswordLength = 10

/** Enough to catch a slip; the server has the last word. */
export function isEmail(typed: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.trim())
}
