import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

/** Every page is the same shell. `/api` has no route at all: it goes to the network untouched and is never cached. */
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }))

/** A new version waits until a person says so; the page sends this when nothing half-written would be lost. */
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting()
})

/** The very first visit is taken over at once, so that it can be closed and opened without a network. */
const firstInstall = !self.registration.active
self.addEventListener('activate', (event) => {
  if (firstInstall) event.waitUntil(self.clients.claim())
})
