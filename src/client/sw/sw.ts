import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { answerSavedFile, isSavedFile } from './savedFiles.ts'
import { createShell } from './shell.ts'

declare const self: Omit<ServiceWorkerGlobalScope, '__WB_MANIFEST'> & {
  __WB_MANIFEST: { url: string; revision: string | null }[]
}

/** The page names every asset by its hash, so its revision is that of the whole version. */
const files = self.__WB_MANIFEST
const version = files.find(({ url }) => url === 'index.html')?.revision ?? 'unknown'

/**
 * Files that follow the first installation, which a slow line would otherwise have to begin anew each time it breaks;
 * the build names them by who needs them (tools/extras.ts). A page asks for its groups.
 */
const groupOf = (url: string) => /\/assets\/(team|en|materi|pdf|ballot)-/.exec(url)?.[1]

/** One cache per version: what a version before this one holds stays as it was. */
const cachePrefix = 'hadir-'
const cacheName = cachePrefix + version
const precache = new PrecacheController({ cacheName })
const isExtra = ({ url }: { url: string }) => groupOf(`/${url}`) !== undefined
/** Its own clearing up at the activation would take along the extras that the installation has brought. */
precache.addToCacheList(files.filter((file) => !isExtra(file)))
self.addEventListener('install', precache.install)
const extras = files.filter(isExtra).map(({ url }) => new URL(url, self.location.href).href)
registerRoute(isSavedFile, answerSavedFile)

/** Every page is the same shell. `/api` has no route at all: it goes to the network untouched and is never cached. */
const shell = createShell(version, () => precache.matchPrecache('/index.html'))
const ownPage = precache.createHandlerBoundToURL('/index.html')
const page = async (asked: Parameters<typeof ownPage>[0]) =>
  (await shell.answer().catch(() => undefined)) ?? ownPage(asked)
registerRoute(new NavigationRoute(page, { denylist: [/^\/api\//] }))

registerRoute(new PrecacheRoute(precache))

/** A tab with half-written work still shows the version before; its chunks come from that version's cache. */
registerRoute(
  ({ url }) => url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
)

/** Puts into the cache what it lacks of some files, telling of each that came; how many the network did not give. */
async function complete(urls: string[], onCame: () => void = () => undefined): Promise<number> {
  const cache = await caches.open(cacheName)
  const missing: string[] = []
  for (const url of urls) if (!(await cache.match(url))) missing.push(url)
  const added = await Promise.allSettled(missing.map((url) => cache.add(url).then(onCame)))
  return added.filter(({ status }) => status === 'rejected').length
}

const extrasOf = (groups: unknown[]) => extras.filter((url) => groups.includes(groupOf(url)))
const installed = () => precache.getCachedURLs().map((url) => precache.getCacheKeyForURL(url) ?? url)

/** The caches of the app's versions, in the order in which they were made; saved materials are no version's. */
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(cachePrefix))

/**
 * An update brings what the version before it had, so that what worked without a network still does: without it the
 * update is not installed, and goes on from there when it is next looked for.
 */
async function keepGroups(): Promise<void> {
  const before = (await versions()).filter((name) => name !== cacheName)
  const held = await Promise.all(before.map(async (name) => (await caches.open(name)).keys()))
  const missing = await complete(extrasOf([...new Set(held.flat().map(({ url }) => groupOf(url)))]))
  if (missing > 0) throw new Error(`${missing} files of the update did not come`)
}
self.addEventListener('install', (event) => event.waitUntil(keepGroups()))

/** The names of a version's files, kept with them for a later worker that still shows its page. */
const listPath = '/berkas'
async function keepList(): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.put(listPath, new Response(JSON.stringify(files.map(({ url }) => url))))
}
self.addEventListener('install', (event) => event.waitUntil(keepList()))

/** How many files of a page that is held lack; one where nobody knows its files. No server has them any more. */
async function lackingOfHeld(groups: unknown[]): Promise<number> {
  const held = await shell.held()
  if (held === undefined) return 0
  const cache = await caches.open(cachePrefix + held)
  const list: string[] | undefined = await (await cache.match(listPath))?.json()
  const wanted = list?.filter((url) => url.startsWith('assets/') && [undefined, ...groups].includes(groupOf(`/${url}`)))
  const found = await Promise.all(wanted?.map((url) => cache.match(`/${url}`)) ?? [undefined])
  return found.filter((file) => !file).length
}

/** Shows this worker's version in every tab: a worker that waited takes over, and one that holds a page says so. */
async function takeOver(): Promise<void> {
  await shell.show()
  await self.skipWaiting()
  for (const tab of await self.clients.matchAll({ type: 'window' })) tab.postMessage('replaced')
}

/** Whether a page holds this worker's version back, and is the app's only one. */
async function holder(): Promise<'alone' | 'others' | undefined> {
  if ((await shell.held()) === undefined) return undefined
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  return tabs.length === 1 ? 'alone' : 'others'
}

/**
 * A page says that it has started, and hears whether a newer version waits behind it; that its person agrees to the new
 * version; or which files it needs.
 */
self.addEventListener('message', (event) => {
  const [port] = event.ports
  if (event.data?.type === 'STARTED')
    event.waitUntil(shell.cameUp().then(async () => port?.postMessage(await holder())))
  if (event.data?.type === 'SKIP_WAITING') event.waitUntil(takeOver())
  if (event.data?.type !== 'COMPLETE_CACHE') return
  const wanted = [...installed(), ...extrasOf(event.data.groups)]
  const work = complete(wanted, () => port?.postMessage('came'))
  event.waitUntil(work.then(async (missing) => port?.postMessage(missing + (await lackingOfHeld(event.data.groups)))))
})

/** Not what came after this version, as while it waited: that may be being installed just now. */
async function dropOlderVersions(): Promise<void> {
  const inUse = (await shell.inUse()).map((name) => cachePrefix + name)
  const all = await versions()
  const older = all.slice(0, Math.max(0, all.indexOf(cacheName))).filter((name) => !inUse.includes(name))
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** The very first visit is taken over at once, so that it can be closed and opened without a network. */
const firstInstall = !self.registration.active
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlderVersions().then(shell.begin))
  if (firstInstall) event.waitUntil(self.clients.claim())
})
