/** `missing`: how many files of the app would not open without a network. */
export type AppCache = { state: 'controlled'; missing: number } | { state: 'notControlled' | 'unsupported' }

/** A worker of a version before this question answers nothing. */
const answerWithinMs = 10_000

/**
 * Asks the service worker whether every file of the app, screens that were never opened included, answers from its cache.
 * It fetches what is missing first; without a network that stays missing. A page that no worker controls (the very first
 * visit, a forced reload) cannot start again without a network.
 */
export async function readAppCache(): Promise<AppCache> {
  if (!('serviceWorker' in navigator)) return { state: 'unsupported' }
  const worker = navigator.serviceWorker.controller
  if (!worker) return { state: 'notControlled' }
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<AppCache>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      resolve(typeof data === 'number' ? { state: 'controlled', missing: data } : { state: 'notControlled' })
    }
    setTimeout(() => resolve({ state: 'notControlled' }), answerWithinMs)
  })
  worker.postMessage({ type: 'COMPLETE_CACHE' }, [port2])
  return answered
}
