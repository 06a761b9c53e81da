import type { CDPSession, Page } from 'playwright-core'

type Usage = { usedSize: number; backingStorageSize: number }
const bytesOf = ({ usedSize, backingStorageSize }: Usage) => usedSize + backingStorageSize

/**
 * What a page holds after its garbage was collected: bytes of it and of its workers, buffers
 * included, and its elements.
 */
export type Weight = { bytes: number; workerBytes: number; nodes: number }

/** Asks a worker through the page's session, which is the only way that a page's debugger gives. */
async function weighWorker(page: CDPSession, sessionId: string): Promise<number> {
  const call = (id: number, method: string) =>
    new Promise<unknown>((resolve) => {
      const hear = ({ sessionId: from, message }: { sessionId: string; message: string }) => {
        const answer = Object(JSON.parse(message))
        if (from !== sessionId || answer.id !== id) return
        page.off('Target.receivedMessageFromTarget', hear)
        resolve(answer.result)
      }
      page.on('Target.receivedMessageFromTarget', hear)
      void page.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await call(1, 'HeapProfiler.collectGarbage')
  return bytesOf(Object(await call(2, 'Runtime.getHeapUsage')))
}

/** What is only waiting to be collected is gone by the last of so many looks; what is held is not. */
const looks = 3

/** A scale for one page: the lightest of some looks. */
export async function openScale(page: Page): Promise<() => Promise<Weight>> {
  const session = await page.context().newCDPSession(page)
  const workers = new Set<string>()
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.add(sessionId)
  })
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId))
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })

  async function look(): Promise<Weight> {
    await session.send('HeapProfiler.collectGarbage')
    const bytes = bytesOf(await session.send('Runtime.getHeapUsage'))
    const { nodes } = await session.send('Memory.getDOMCounters')
    let workerBytes = 0
    for (const worker of workers) workerBytes += await weighWorker(session, worker)
    return { bytes, workerBytes, nodes }
  }

  return async () => {
    const seen: Weight[] = []
    while (seen.length < looks) seen.push(await look())
    const least = (part: keyof Weight) => Math.min(...seen.map((weight) => weight[part]))
    return { bytes: least('bytes'), workerBytes: least('workerBytes'), nodes: least('nodes') }
  }
}
