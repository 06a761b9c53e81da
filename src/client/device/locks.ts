/**
 * Runs a round of work unless another tab is in one, and says whether it ran. The lock is held for the round only: a
 * frozen tab would keep a longer one for ever (platform.md 1.6). Browsers without Web Locks just run: the server's
 * answers are the same for a push that comes twice.
 */
export async function exclusively(round: () => Promise<void>, name = 'hadir-sync'): Promise<boolean> {
  if (!('locks' in navigator)) {
    await round()
    return true
  }
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await round()
    return lock !== null
  })
}

const openPrefix = 'hadir-open-'
const openHere = new Set<string>()

/** Says that a file is being looked at, until the returned function is called or the tab is gone. */
export function holdOpen(hash: string): () => void {
  openHere.add(hash)
  const closed = new AbortController()
  const whenClosed = new Promise<void>((resolve) => closed.signal.addEventListener('abort', () => resolve()))
  if ('locks' in navigator) void navigator.locks.request(openPrefix + hash, { mode: 'shared' }, () => whenClosed)
  return () => {
    openHere.delete(hash)
    closed.abort()
  }
}

/** The files that are being looked at, in any tab where the browser has Web Locks. */
export async function openFiles(): Promise<Set<string>> {
  const { held = [] } = 'locks' in navigator ? await navigator.locks.query() : {}
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(openPrefix))
  return new Set([...openHere, ...names.map((name) => name.slice(openPrefix.length))])
}
