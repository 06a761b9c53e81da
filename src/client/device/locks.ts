/**
 * Runs a round of work unless another tab is in one, and says whether it ran. The lock is held for the round only: a
 * frozen tab would keep a longer one for ever (platform.md 1.6). Browsers without Web Locks just run: the server's
 * answers are the same for a push that comes twice.
 */
export async function exclusively(round: () => Promise<void>): Promise<boolean> {
  if (!('locks' in navigator)) {
    await round()
    return true
  }
  return navigator.locks.request('hadir-sync', { ifAvailable: true }, async (lock) => {
    if (lock) await round()
    return lock !== null
  })
}
