import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: Omit<ServiceWorkerGlobalScope, '__WB_MANIFEST'> & {
  __WB_MANIFEST: { url: string; revision: string | null }[]
}

/** The page names every asset by its hash, so its revision is that of the whole version. */
const files = self.__WB_MANIFEST
const version = files.find(({ url }) => url === 'index.html')?.revision ?? 'unknown'
const keptVersions = 2

/**
 * What makes and reads office files: a quarter of the app, and none of it needed at the door. It follows the first
 * installation, which a slow line would otherwise have to begin anew each time it breaks.
 */
const isLater = ({ url }: { url: string }) => /^assets\/office-/.test(url)

/** One cache per version: what a version before this one holds stays as it was. */
const cacheName = `hadir-${version}`
const precache = new PrecacheController({ cacheName })
precache.precache(files.filter((file) => !isLater(file)))
const later = files.filter(isLater).map(({ url }) => new URL(url, self.location.href).href)
registerRoute(new PrecacheRoute(precache))

/** Every page is the same shell. `/api` has no route at all: it goes to the network untouched and is never cached. */
registerRoute(new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }))

/** A tab with half-written work still shows the version before; its chunks come from that version's cache. */
registerRoute(
  ({ url }) => url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
)

/** How many files of this version are not in the cache; what the network gives is put there first. */
async function completeCache(): Promise<number> {
  const cache = await caches.open(cacheName)
  const keys = [...precache.getCachedURLs().map((url) => precache.getCacheKeyForURL(url) ?? url), ...later]
  const missing: string[] = []
  for (const key of keys) if (!(await cache.match(key))) missing.push(key)
  const added = await Promise.allSettled(missing.map((url) => cache.add(url)))
  return added.filter(({ status }) => status === 'rejected').length
}

/** A new version waits until a person says so; the page sends this when that person agrees, or asks what is cached. */
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting()
  const [port] = event.ports
  if (event.data?.type === 'COMPLETE_CACHE') event.waitUntil(completeCache().then((n) => port?.postMessage(n)))
})

/** Caches come in the order in which they were made. */
async function dropOlderVersions(): Promise<void> {
  const older = (await caches.keys()).slice(0, -keptVersions)
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** The very first visit is taken over at once, so that it can be closed and opened without a network. */
const firstInstall = !self.registration.active
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlderVersions())
  if (firstInstall) event.waitUntil(self.clients.claim())
})
