/**
 * What is typed to find somebody stays out of the address: there a name would be kept in histories, and reach the logs of
 * servers and proxies. The list keeps it in its entry of the history; the way to a new person carries it once.
 */
let carried: string | undefined

/** Hands what was typed to the next screen. */
export function carryText(text: string): void {
  carried = text
}

/** What the last screen handed over; whoever asks again gets nothing. */
export function takeCarriedText(): string | undefined {
  const text = carried
  carried = undefined
  return text
}

/** What was typed when this page of the history was left. */
export function keptText(): string | undefined {
  const kept: unknown = history.state?.typed
  return typeof kept === 'string' ? kept : undefined
}

/** Keeps it with this page of the history, for the way back. */
export function keepText(text: string): void {
  history.replaceState({ ...history.state, typed: text }, '')
}
