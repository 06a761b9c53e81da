import type { BenchBrowser } from './browser.ts'
import { type Figure, figure } from './figure.ts'

/** The most that a page may be busy in one go before a finger notices. */
const taskMs = 50
const firstMs = 10_000
const slowdown = 4

/** Hints of 10,000 people who signed on their own phones, on the processor of a cheap phone: first look, one more. */
export async function measureHints(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  await page.evaluate(() => window.bench.signEvent(10_000))
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const { first, next } = await page.evaluate(() => window.bench.hints())
  await page.close()
  const at = `at ${slowdown} × slowdown`
  return [
    figure(`hints of 10,000 people ${at}, first look`, first.ms, 'ms', firstMs, 1),
    figure(`longest task meanwhile, ${at}`, first.longestTaskMs, 'ms', taskMs, 1),
    figure(`hints after one more check-in ${at}`, next.ms, 'ms', firstMs, 0.1),
  ]
}
