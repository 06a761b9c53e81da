import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { BenchBrowser } from './browser.ts'
import { type Figure, figure } from './figure.ts'

const people = 10_000
const slowdown = 4
/** The most that a page may be busy in one go before a finger notices; the browser reports no shorter tasks. */
const feltMs = 50
const addedUpMs = 200
/** Beyond a second people lose the thread of what they do. */
const shownWithinMs = 1_000

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

type Felt = { firstMs: number; allMs: number; opening: number; searching: number }

/**
 * Goes from an event to its results, as a link does, and types a search: when the first question's answers stand there,
 * and all that follows from them, and how long the page did not answer at worst.
 */
function useScreen(page: Page, path: string): Promise<Felt> {
  return page.evaluate(async (path) => {
    let longest = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
    }).observe({ type: 'longtask' })
    const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    const start = performance.now()
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
    while (!document.querySelector('.result')) await rest(5)
    const firstMs = performance.now() - start
    while (!document.getElementById('export')) await rest(5)
    const allMs = performance.now() - start
    await rest(300)
    const opening = longest
    longest = 0
    const field = document.querySelector<HTMLInputElement>('input[type=search]')
    for (const letter of 'materi 12') {
      if (!field) throw new Error('no search field')
      field.value += letter
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await rest(100)
    }
    return { firstMs, allMs, opening, searching: longest }
  }, path)
}

/**
 * 10,000 people answered 20 questions before and after, on the processor of a cheap phone: answers, gain, items and
 * groups worked out in one go, and the built app's screen, which does it in slices.
 */
export async function measureResults(browser: BenchBrowser): Promise<Figure[]> {
  if (!existsSync('dist/index.html')) throw new Error('dist/ is missing: run `npm run build` first')
  const writing = await browser.openApp('/bench/')
  const { event, results } = await writing.evaluate((people) => window.bench.answer(people), people)
  await slowDown(writing, slowdown)
  const { countedMs, restMs, paired } = await writing.evaluate(() => window.bench.workOut())
  await writing.close()
  if (paired !== people) throw new Error(`${paired} people were paired`)
  const app = await browser.openApp(event)
  await app.locator('.screen-main h2').first().waitFor()
  await slowDown(app, slowdown)
  const { firstMs, allMs, opening, searching } = await useScreen(app, results)
  await app.close()
  const what = `results of 10,000 × 20 answers, ${slowdown} × slowdown`
  return [
    figure(`${what}: added up`, countedMs, 'ms', addedUpMs, 1),
    figure(`${what}: with gain, items and groups`, countedMs + restMs, 'ms', shownWithinMs, 1),
    figure(`${what}: first ones on the screen`, firstMs, 'ms', shownWithinMs, 1),
    figure(`${what}: all on the screen`, allMs, 'ms', shownWithinMs, 1),
    figure(`${what}: longest task of opening it`, Math.max(feltMs, opening), 'ms', feltMs, 1),
    figure(`${what}: longest task of a search`, Math.max(feltMs, searching), 'ms', feltMs, 1),
  ]
}
