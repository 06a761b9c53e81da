/**
 * Keeps the screen from going dark until the returned function is called. Browsers take the lock away when the page is
 * hidden, so it is asked for anew; where there is none, or the battery is low, the screen goes dark as it always did.
 */
export function keepAwake(): () => void {
  let isWanted = true
  let lock: WakeLockSentinel | undefined

  async function take(): Promise<void> {
    if (!isWanted || document.visibilityState !== 'visible') return
    try {
      lock = await navigator.wakeLock?.request('screen')
    } catch {
      lock = undefined
    }
    if (!isWanted) void lock?.release()
  }
  const again = () => void take()
  document.addEventListener('visibilitychange', again)
  void take()
  return () => {
    isWanted = false
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
