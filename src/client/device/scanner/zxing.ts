import decoderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { ScanAnswer, ScanRequest } from '../../worker/scanMessages.ts'
import type { ScanEngine } from './engine.ts'

/** The first picture waits for the decoder to load; after that a picture takes some 10 ms. */
const answerWithinMs = 15_000

type Waiting = { resolve: (texts: string[]) => void; reject: (error: Error) => void }

/**
 * ZXing in a worker of its own. A worker that fails, or that a picture keeps too long, is dropped, and the next picture
 * starts another: none jams those after it.
 */
export function createZxingEngine(): ScanEngine {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let jobs = 0

  function drop(why: string): void {
    worker?.terminate()
    worker = undefined
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }

  function start(): Worker {
    const started = new Worker(new URL('../../worker/scan.ts', import.meta.url), { type: 'module', name: 'scanner' })
    started.addEventListener('error', () => drop('the worker did not load'))
    started.addEventListener('message', ({ data }: MessageEvent<ScanAnswer>) => {
      if ('failed' in data) drop(data.failed)
      else waiting.get(data.job)?.resolve(data.texts)
      waiting.delete(data.job)
    })
    return started
  }

  return {
    read({ data, width, height }, thorough) {
      worker ??= start()
      const to = worker
      const job = ++jobs
      const pixels = data.buffer
      return new Promise<string[]>((resolve, reject) => {
        const late = setTimeout(() => drop('no answer'), answerWithinMs)
        waiting.set(job, {
          resolve: (texts) => {
            clearTimeout(late)
            resolve(texts)
          },
          reject: (error) => {
            clearTimeout(late)
            reject(error)
          },
        })
        to.postMessage({ job, decoderUrl, pixels, width, height, thorough } satisfies ScanRequest, [pixels])
      })
    },
    close: () => drop('closed'),
  }
}
