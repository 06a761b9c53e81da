import type { BenchBrowser } from './browser.ts'
import { type Figure, figure } from './figure.ts'

/** A task of the page beyond this is felt; the browser reports none that is shorter. */
const feltMs = 50

/** 12,000 rows against twice 6,000: linear is 1. The page answers all the while. */
export async function measureImport(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  await page.evaluate(() => window.bench.importRows(500))
  const half = await page.evaluate(() => window.bench.importRows(6_000))
  const whole = await page.evaluate(() => window.bench.importRows(12_000))
  await page.close()
  if (whole.persons !== 12_000) throw new Error(`${whole.persons} of 12,000 rows were imported`)
  return [
    figure('import of 12,000 rows, against twice 6,000', whole.ms / 1000, 's', (2 * half.ms) / 1000, 1.2),
    figure('import of 12,000 rows, longest task of the page', Math.max(feltMs, whole.longestTaskMs), 'ms', feltMs, 1),
  ]
}

/** A sheet of 1,000 people with ink against twice 500: linear is 1. The page answers all the while. */
export async function measureSheets(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  const figures: Figure[] = []
  for (const format of ['pdf', 'xlsx'] as const) {
    const make = (rows: number) =>
      page.evaluate(([format, rows]) => window.bench.makeSheet(format, rows), [format, rows] as const)
    await make(100)
    const half = await make(500)
    const whole = await make(1_000)
    const name = `${format.toUpperCase()} of 1,000 people`
    figures.push(
      figure(`${name}, against twice 500`, whole.ms / 1000, 's', (2 * half.ms) / 1000, 1.2),
      figure(`${name}, longest task of the page`, Math.max(feltMs, whole.longestTaskMs), 'ms', feltMs, 1),
    )
  }
  await page.close()
  return figures
}
