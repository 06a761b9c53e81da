import { partMissing } from './partMissing.ts'

const triedKey = 'hadir.reloadedFrom'

/**
 * A tab that is two versions old asks for a chunk that neither cache nor server has any more. It loads the present
 * version, once, unless `mayReload` says that something typed would be lost, or there is no network to load it from.
 * Otherwise the screen fails to open and says so. Vite names the event.
 */
export function reloadWhenChunksAreGone(mayReload: () => boolean): void {
  addEventListener('vite:preloadError', (event) => {
    partMissing.add(event.payload)
    const isTried = sessionStorage.getItem(triedKey) === import.meta.url
    if (isTried || !navigator.onLine || !mayReload()) return
    event.preventDefault()
    sessionStorage.setItem(triedKey, import.meta.url)
    location.reload()
  })
}
