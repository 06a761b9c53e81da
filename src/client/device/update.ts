import { hourMs } from '../../core/time.ts'
import { untilDone } from './tryAgain.ts'

/** `apply` starts the new version; it takes over in every tab. */
export type Updates = { apply: () => void }

export type UpdateEvents = {
  /** A new version waits for a person's word. */
  onWaiting: (updates: Updates) => void
  /**
   * The same, told once, at a start: the browser has begun to use its worker, which shows this version on (sw/shell.ts).
   * `isAlone`: no other tab shows the app.
   */
  onHeld: (updates: Updates, isAlone: boolean) => void
  /** The new version has taken over. */
  onReplaced: () => void
}

/** Tells the worker that this page has started; whether it holds a newer version behind it. */
function tellStarted(onHeld: UpdateEvents['onHeld']): void {
  const worker = navigator.serviceWorker.controller
  const apply = () => worker?.postMessage({ type: 'SKIP_WAITING' })
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    port1.close()
    if (data === 'alone' || data === 'others') onHeld({ apply }, data === 'alone')
  }
  worker?.postMessage({ type: 'STARTED' }, [port2])
}

/**
 * Tells of each version that comes to wait, as often as one does: of a page that stays open, after one that failed. Where
 * the network is gone in just this moment, the browser is asked again: without a worker nothing starts offline.
 */
async function registerWorker(onWaiting: UpdateEvents['onWaiting']): Promise<ServiceWorkerRegistration> {
  const registration = await untilDone(
    () => navigator.serviceWorker.register('/sw.js'),
    () => undefined,
  )
  const apply = () => registration.waiting?.postMessage({ type: 'SKIP_WAITING' })
  /** The very first version waits for nobody. */
  const tellWaiting = () => registration.waiting && registration.active && onWaiting({ apply })
  function watchInstalling(): void {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => worker.state === 'installed' && tellWaiting())
  }
  registration.addEventListener('updatefound', watchInstalling)
  watchInstalling()
  tellWaiting()
  return registration
}

/**
 * Registers the service worker and tells of new versions. One takes over only at a person's word, in every tab at once:
 * `onReplaced` is called in each, and a tab reloads when nothing typed would be lost, not before (platform.md 0.3).
 */
export function registerUpdates({ onWaiting, onHeld, onReplaced }: UpdateEvents): void {
  if (!('serviceWorker' in navigator)) return
  /** The very first worker takes over a page that is of its own version. */
  let isControlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled) onReplaced()
    isControlled = true
  })
  navigator.serviceWorker.addEventListener('message', ({ data }) => data === 'replaced' && onReplaced())
  tellStarted(onHeld)
  const registering = registerWorker(onWaiting).catch(() => undefined)

  let checkedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Math.abs(Date.now() - checkedAt) < hourMs) return
    checkedAt = Date.now()
    registering.then((registration) => registration?.update()).catch(() => undefined)
  })
}
