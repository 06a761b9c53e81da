import { Workbox } from 'workbox-window'
import { hourMs } from '../../core/time.ts'

/** `apply` starts the new version; it takes over in every tab. */
export type Updates = { apply: () => void }

/**
 * Registers the service worker. `onWaiting` is called when a new version waits for a person's word. It takes over only
 * then, in every tab at once: `onReplaced` is called in each, and a tab reloads when nothing typed would be lost, not
 * before (platform.md 0.3).
 */
export function registerUpdates(onWaiting: (updates: Updates) => void, onReplaced: () => void): void {
  if (!('serviceWorker' in navigator)) return
  const workbox = new Workbox('/sw.js')
  workbox.addEventListener('waiting', () => onWaiting({ apply: () => workbox.messageSkipWaiting() }))

  /** The very first worker takes over a page that is of its own version. */
  let isControlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled) onReplaced()
    isControlled = true
  })
  void workbox.register().catch(() => undefined)

  let checkedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < hourMs) return
    checkedAt = Date.now()
    void workbox.update().catch(() => undefined)
  })
}
