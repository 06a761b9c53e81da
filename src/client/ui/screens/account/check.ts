/** Enough to catch a slip; the server has the last word. */
export function isEmail(typed: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.trim())
}

const codeFailures = ['notFound', 'expired', 'used'] as const

/** What is wrong with a code or a one-time link itself; `undefined` when it is something else that failed. */
export function codeFailure({ kind }: { kind: string }): (typeof codeFailures)[number] | undefined {
  return codeFailures.find((known) => known === kind)
}
