import type { BenchBrowser } from './browser.ts'
import { type Figure, figure, percentile } from './figure.ts'

const frameMs = 16
const slowdown = 4

/** Searching 10,000 people after each typed letter, the processor slowed down to that of a cheap phone. */
export async function measureSearch(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  await page.evaluate(() => window.bench.openEvent(10_000))
  await page.evaluate(() => window.bench.search())
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const { ms, found } = await page.evaluate(() => window.bench.search())
  await page.close()
  if (found === 0) throw new Error('the search found nobody')
  return [figure(`search of 10,000 people at ${slowdown} × slowdown, p95`, percentile(ms, 0.95), 'ms', frameMs, 1)]
}
