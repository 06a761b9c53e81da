import { mendApp } from './appCache.ts'
import { partMissing } from './partMissing.ts'

/** Whether the server gives the page that a reload asks for. */
const answers = () =>
  fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

const triedKey = 'hadir.reloadedFrom'

/**
 * A tab that is two versions old asks for a chunk that neither cache nor server has any more. It loads the present
 * version, once, unless `mayReload` says that something typed would be lost, or there is no network to load it from: a
 * page without a worker, as on plain http, would leave the browser's own error page in its place. Otherwise the screen
 * fails to open and says so. A chunk that is damaged here is fetched anew meanwhile. Vite names the event.
 */
export function reloadWhenChunksAreGone(mayReload: () => boolean): void {
  addEventListener('vite:preloadError', (event) => {
    partMissing.add(event.payload)
    void mendApp()
    const isTried = sessionStorage.getItem(triedKey) === import.meta.url
    if (isTried || !navigator.onLine || !mayReload()) return
    const reload = () => {
      sessionStorage.setItem(triedKey, import.meta.url)
      location.reload()
    }
    if (!navigator.serviceWorker?.controller) return void answers().then((isThere) => isThere && reload())
    event.preventDefault()
    reload()
  })
}
