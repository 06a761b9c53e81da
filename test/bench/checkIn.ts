import type { BenchBrowser } from './browser.ts'
import { type Figure, figure, percentile } from './figure.ts'

/** One durable check-in against a raw strict transaction of the same row, in an event of 500 people. */
export async function measureCheckIn(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  await page.evaluate(() => window.bench.openEvent(500))
  const { ours, raw } = await page.evaluate(() => window.bench.checkIn(400))
  await page.close()
  return [figure('one durable check-in, p95', percentile(ours, 0.95), 'ms', percentile(raw, 0.95), 1.5)]
}
