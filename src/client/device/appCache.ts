/** `missing`: how many files of the app would not open without a network; of a thorough look also damaged ones. */
export type AppCache = { state: 'controlled'; missing: number } | { state: 'notControlled' | 'unsupported' }

/** Files that follow the installation, by who needs them (tools/extras.ts). */
export type Extras = readonly ('team' | 'en' | 'materi' | 'pdf' | 'ballot')[]

/**
 * A worker tells of each file that it has looked through or that comes: reading all of them may take a slow phone longer
 * than this. One that says nothing for so long has a line that gives nothing.
 */
const answerWithinMs = 15_000

/** Waits until a worker answers this page, as the very first one does once it is installed; at most so long. */
async function waitForWorker(withinMs: number): Promise<void> {
  const workers = navigator.serviceWorker
  const limit = new AbortController()
  const { signal } = limit
  await new Promise((resolve) => {
    workers.addEventListener('controllerchange', resolve, { signal })
    setTimeout(resolve, withinMs)
    if (workers.controller) resolve(undefined)
  })
  limit.abort()
}

/**
 * Asks the service worker whether every file of the app that this device needs, screens that were never opened
 * included, answers from its cache. It fetches what is missing first; without a network that stays missing. `thorough`
 * reads each file that is here, and takes a damaged one for missing. A page that no worker controls (the very first
 * visit, a forced reload) cannot start again without a network.
 */
export async function readAppCache(groups: Extras, { thorough = false } = {}): Promise<AppCache> {
  if (!('serviceWorker' in navigator)) return { state: 'unsupported' }
  const worker = navigator.serviceWorker.controller
  if (!worker) return { state: 'notControlled' }
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<AppCache>((resolve) => {
    const giveUp = () => resolve({ state: 'notControlled' })
    let late = setTimeout(giveUp, answerWithinMs)
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      clearTimeout(late)
      if (typeof data === 'number') resolve({ state: 'controlled', missing: data })
      else late = setTimeout(giveUp, answerWithinMs)
    }
  })
  worker.postMessage({ type: 'COMPLETE_CACHE', groups, thorough }, [port2])
  return answered
}

/** What the worker notes of an update that found no room (sw/room.ts), until one is there. */
const fullName = 'penuh'

/** Whether the last update found no room on this device. */
export async function lacksUpdateRoom(): Promise<boolean> {
  return 'caches' in globalThis && caches.has(fullName).catch(() => false)
}

/** Tries an update again that found no room, without waiting; resolves once it is there, or has failed once more. */
export async function tryUpdateAgain(): Promise<void> {
  await caches.delete(fullName)
  const registration = await navigator.serviceWorker.getRegistration()
  const isFound = await registration?.update().then(
    () => true,
    () => false,
  )
  const worker = registration?.installing
  if (worker) await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }))
  /** Not fetched, for want of room or of a network: it is still to come. */
  if (!isFound || worker?.state === 'redundant') await caches.open(fullName)
}

let mending: Promise<unknown> | undefined

/** Fetches anew what is damaged of the app on this device, for whoever met a file that does not work. */
export async function mendApp(): Promise<void> {
  mending ??= readAppCache([], { thorough: true }).finally(() => {
    mending = undefined
  })
  await mending
}

/** On a slow line the app is on its way for a while; on one that breaks the worker never says so. */
const installWithinMs = 60_000

/** Installs the app, with what this device needs of it: whether all of that opens without a network now. */
export async function completeApp(groups: Extras): Promise<boolean> {
  await waitForWorker(installWithinMs)
  const cache = await readAppCache(groups)
  return cache.state === 'controlled' && cache.missing === 0
}

/** Fetches what follows the installation, now and whenever a worker takes over the page. Returns what ends that. */
export function keepExtras(groups: Extras): () => void {
  if (!('serviceWorker' in navigator) || groups.length === 0) return () => undefined
  const workers = navigator.serviceWorker
  const ask = () => workers.controller?.postMessage({ type: 'COMPLETE_CACHE', groups })
  ask()
  workers.addEventListener('controllerchange', ask)
  return () => workers.removeEventListener('controllerchange', ask)
}
