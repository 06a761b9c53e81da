const key = 'hadir.address'

/** Whether this page was opened on the server's own machine under a name that leads every other phone to itself. */
export const isOnServer = (): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname)

/** An address as somebody reads it off and types it, as an origin; `undefined` while it is none. */
export function readOrigin(typed: string): string | undefined {
  const text = typed.trim()
  if (!/[.:]/.test(text)) return undefined
  try {
    return new URL(/^https?:\/\//i.test(text) ? text : `http://${text}`).origin
  } catch {
    return undefined
  }
}

/** What was typed on this machine before. */
export const heldAddress = (): string => localStorage.getItem(key) ?? ''
export const holdAddress = (typed: string): void => localStorage.setItem(key, typed)

/** Whether links lead nowhere yet: nobody has typed on the server's own machine how phones reach it. */
export const needsAddress = (): boolean => isOnServer() && !readOrigin(heldAddress())

/** Where other phones come in: here, or as was typed on the server's own machine, whose own name leads them nowhere. */
export const guestOrigin = (): string => (isOnServer() && readOrigin(heldAddress())) || location.origin
