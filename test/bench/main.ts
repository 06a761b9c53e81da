/**
 * The figures of the design (section 9) as ratios to what they are held against: `npm run bench`, or with `-- --json` an
 * array on standard output. Figures, not tests: a busy machine gives others.
 */
import { withBrowser } from './browser.ts'
import { measureCheckIn } from './checkIn.ts'
import { measureImport, measureSheets } from './documents.ts'
import { type Figure, printTable } from './figure.ts'
import { measureJavaScript } from './javaScript.ts'
import { measureSearch } from './search.ts'

const figures = await withBrowser(async (browser): Promise<Figure[]> => {
  const measured: Figure[] = []
  for (const measure of [measureJavaScript, measureCheckIn, measureSearch, measureImport, measureSheets])
    measured.push(...(await measure(browser)))
  return measured
})

if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2))
else printTable(figures)
