import { Workbox } from 'workbox-window'

export type Updates = {
  /** Starts the new version; every tab reloads when it has nothing unsaved. */
  apply: () => void
}

const hourMs = 3_600_000

/**
 * Registers the service worker. `onWaiting` is called when a new version waits for a person's word; it takes over only
 * then, and each tab reloads itself only once `mayReload` says that nothing typed would be lost (platform.md 0.3).
 */
export function registerUpdates(onWaiting: (updates: Updates) => void, mayReload: () => Promise<boolean>): void {
  if (!('serviceWorker' in navigator)) return
  const workbox = new Workbox('/sw.js')
  const wasControlled = navigator.serviceWorker.controller !== null
  let reloading = false

  async function reloadWhenIdle(): Promise<void> {
    if (reloading || !(await mayReload())) return
    reloading = true
    location.reload()
  }

  workbox.addEventListener('waiting', () => onWaiting({ apply: () => workbox.messageSkipWaiting() }))
  let controllerChanged = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!wasControlled && !controllerChanged) {
      controllerChanged = true
      return
    }
    controllerChanged = true
    void reloadWhenIdle()
    document.addEventListener('visibilitychange', () => void reloadWhenIdle())
  })
  void workbox.register().catch(() => undefined)

  let checkedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < hourMs) return
    checkedAt = Date.now()
    void workbox.update().catch(() => undefined)
  })
}
