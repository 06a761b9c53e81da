import type { ScanHandler, ScanResult } from './scanResult.ts'

/** More wait only when frames come faster than they are taken; what is dropped comes round again. */
const mostWaiting = 64

/**
 * Hands codes on one after the other. What a code becomes never reaches the next: a handler that rejects gives
 * `failed`. `pause` lasts as long as a result must stay in sight; frames of a sequence go without.
 */
export function createScanQueue(parts: {
  handle: ScanHandler
  show: (result: ScanResult) => void
  pause: () => Promise<void>
  failed: () => ScanResult
}): { take: (text: string) => void } {
  const waiting: string[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      const result = await parts.handle(text).catch(parts.failed)
      parts.show(result)
      if (result.tone !== 'progress') await parts.pause()
    }
    isRunning = false
  }

  return {
    take(text) {
      if (waiting.length >= mostWaiting || waiting.includes(text)) return
      waiting.push(text)
      if (!isRunning) void run()
    },
  }
}
