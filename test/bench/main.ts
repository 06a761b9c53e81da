/**
 * The figures of the design (section 9) as ratios to what they are held against: `npm run bench`, with `-- --only NAME`
 * some of them, with `-- --json` an array on standard output. Figures, not tests: a busy machine gives others.
 */
import { parseArgs } from 'node:util'
import { type BenchBrowser, withBrowser } from './browser.ts'
import { measureCheckIn } from './checkIn.ts'
import { measureImport, measureSheets } from './documents.ts'
import { type Figure, printTable } from './figure.ts'
import { measureGarbage } from './garbage.ts'
import { measureHints } from './hints.ts'
import { measureHotEvent } from './hotEvent.ts'
import { measureJavaScript } from './javaScript.ts'
import { measureLive } from './live.ts'
import { measureResults } from './results.ts'
import { measureScan } from './scan.ts'
import { measureSearch } from './search.ts'
import { measureSync } from './sync.ts'
import { measureGrowth, measureWire } from './wire.ts'

const benches: Record<string, (browser: BenchBrowser) => Promise<Figure[]>> = {
  javaScript: measureJavaScript,
  checkIn: measureCheckIn,
  search: measureSearch,
  scan: measureScan,
  results: measureResults,
  hints: measureHints,
  import: measureImport,
  sheets: measureSheets,
  sync: measureSync,
  wire: measureWire,
  growth: measureGrowth,
  hotEvent: measureHotEvent,
  live: measureLive,
  garbage: () => measureGarbage(),
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' } } })
const names = values.only ?? Object.keys(benches)
const chosen = names.map((name) => {
  const measure = benches[name]
  if (!measure) throw new Error(`${name} is none of ${Object.keys(benches).join(', ')}`)
  return measure
})

const figures = await withBrowser(async (browser): Promise<Figure[]> => {
  const measured: Figure[] = []
  for (const measure of chosen) measured.push(...(await measure(browser)))
  return measured
})

if (values.json) console.log(JSON.stringify(figures, null, 2))
else printTable(figures)
