import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute, setCatchHandler } from 'workbox-routing'
import { type AppFile, complete, isHeld, isWhole, type Look } from './files.ts'
import { forgetFull, noteFull, wasFull } from './room.ts'
import { answerSavedFile, isSavedFile } from './savedFiles.ts'
import { createShell } from './shell.ts'

declare const self: Omit<ServiceWorkerGlobalScope, '__WB_MANIFEST'> & {
  __WB_MANIFEST: { url: string; revision: string | null; hash?: string }[]
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
const openCache = () => caches.open(cacheName)
const precache = new PrecacheController({ cacheName })
const isExtra = ({ url }: { url: string }) => groupOf(`/${url}`) !== undefined
/** Its own clearing up at the activation would take along the extras that the installation has brought. */
const atOnce = files.filter((file) => !isExtra(file))
precache.addToCacheList(atOnce)
const addressOf = (url: string) => new URL(url, self.location.href).href
const installed = atOnce.map(({ url, hash }) => ({ key: precache.getCacheKeyForURL(url) ?? addressOf(url), hash }))
const extras = files.filter(isExtra).map(({ url, hash }) => ({ key: addressOf(url), hash }))
registerRoute(isSavedFile, answerSavedFile)

/** Every page is the same shell. `/api` has no route at all: it goes to the network untouched and is never cached. */
const shell = createShell(
  version,
  () => precache.matchPrecache('/index.html'),
  () => mend(),
)
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

/** Where the browser's caches cannot be read at all, the app still opens with a network. */
setCatchHandler(({ request }) => fetch(request))

const extrasOf = (groups: unknown[]) => extras.filter(({ key }) => groups.includes(groupOf(key)))

/** The extras that are here, whoever they came for. */
async function heldExtras(cache: Cache): Promise<AppFile[]> {
  const held = await Promise.all(extras.map((file) => isHeld(cache, file)))
  return extras.filter((_, i) => held[i])
}

/** The caches of the app's versions, in the order in which they were made; saved materials are no version's. */
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(cachePrefix))

/** Groups of which a version before this one has files. */
async function groupsBefore(): Promise<unknown[]> {
  const before = (await versions()).filter((name) => name !== cacheName)
  const held = await Promise.all(before.map(async (name) => (await caches.open(name)).keys()))
  return [...new Set(held.flat().map(({ url }) => groupOf(url)))]
}

/**
 * The names of a version's files, kept with them once all are there, for a later worker that still shows its page; each
 * with its hash behind a `#`, which no cache looks at.
 */
const listPath = '/berkas'
async function keepList(cache: Cache): Promise<boolean> {
  if (await cache.match(listPath)) return true
  const list = JSON.stringify(files.map(({ url, hash }) => (hash ? `${url}#${hash}` : url)))
  return cache.put(listPath, new Response(list)).then(
    () => true,
    () => false,
  )
}

/** Lets go of what an installation without room has brought, unless a version that is shown has the same name. */
async function giveUpRoom(cache: Cache): Promise<void> {
  if (!(await cache.match(listPath))) await caches.delete(cacheName)
  if (!firstInstall) await noteFull(Date.now())
}

/**
 * An update brings what the version before it had, so that what worked without a network still does: without it the
 * update is not installed, and goes on from there when it is next looked for. One that finds no room leaves none of it
 * behind: what people record needs that more.
 */
async function install(): Promise<void> {
  if (!firstInstall && (await wasFull(Date.now()))) throw new Error('there was no room for the update')
  const cache = await openCache()
  let lack = await complete(cache, installed, { thorough: true, inTurn: true })
  if (isWhole(lack)) lack = await complete(cache, extrasOf(await groupsBefore()), { thorough: true })
  const isFull = lack.notKept > 0 || (isWhole(lack) && !(await keepList(cache)))
  if (isFull) await giveUpRoom(cache)
  if (isFull || !isWhole(lack)) throw new Error('not all files of the app came')
  await forgetFull()
}
self.addEventListener('install', (event) => event.waitUntil(install()))

/** How many files of a page that is held lack; one where nobody knows its files. No server has them any more. */
async function lackingOfHeld(groups: unknown[], { thorough, onStep }: Look): Promise<number> {
  const held = await shell.held()
  if (held === undefined) return 0
  const cache = await caches.open(cachePrefix + held)
  const list: string[] | undefined = await (await cache.match(listPath))?.json()
  const wanted = list?.filter((url) => url.startsWith('assets/') && [undefined, ...groups].includes(groupOf(`/${url}`)))
  if (!wanted) return 1
  const found = wanted.map(async (url) => {
    const [path = '', hash] = url.split('#')
    const isThere = await isHeld(cache, { key: `/${path}`, hash }, thorough)
    onStep?.()
    return isThere
  })
  return (await Promise.all(found)).filter((isThere) => !isThere).length
}

/** Fetches what this version lacks; how many files are still missing or damaged, those of a page that is held too. */
async function completeApp(groups: unknown[], look: Look): Promise<number> {
  const cache = await openCache()
  const others = look.thorough ? await heldExtras(cache) : []
  const lack = await complete(cache, [...new Set([...installed, ...extrasOf(groups), ...others])], look)
  if (isWhole(lack)) await keepList(cache)
  return lack.notGiven + lack.notKept + (await lackingOfHeld(groups, look))
}

/** Looks for damage among all files that are here, and fetches what was damaged anew; whether all are right then. */
const mend = async () => (await completeApp([], { thorough: true })) === 0

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
  const { type, groups, thorough } = event.data ?? {}
  if (type === 'STARTED') event.waitUntil(shell.cameUp().then(async () => port?.postMessage(await holder())))
  if (type === 'SKIP_WAITING') event.waitUntil(takeOver())
  if (type !== 'COMPLETE_CACHE') return
  const work = completeApp(groups, { thorough, onStep: () => port?.postMessage('step') })
  /** A cache that cannot be opened holds nothing. */
  event.waitUntil(work.catch(() => installed.length).then((missing) => port?.postMessage(missing)))
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
