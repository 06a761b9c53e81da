import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { BenchBrowser } from './browser.ts'
import { type Figure, figure } from './figure.ts'

/** Preact alone, and Preact with i18next and Dexie: minified, gzip -9 (design section 9). */
const barePaintBytes = 6_000
const bareFormBytes = 52_000
const precacheLimitBytes = 700_000
/**
 * The design limits what an attendee waits for in a hall. The team's first screen starts database, state and sync
 * besides, and comes out of the installation at all starts but the first: it is measured so that it does not grow.
 */
const screenReach = 2.5

const gzipBytes = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length
const sumOf = (paths: string[]) => paths.reduce((sum, path) => sum + gzipBytes(path), 0)

/** The module that index.html starts and everything that it imports statically: what stands before the first paint. */
function firstPaintFiles(): string[] {
  const html = readFileSync('dist/index.html', 'utf8')
  const started = /<script type="module"[^>]* src="\/([^"]+)"/.exec(html)?.[1]
  const preloaded = [...html.matchAll(/<link rel="modulepreload"[^>]* href="\/([^"]+)"/g)].map(([, file]) => file)
  return [started, ...preloaded].flatMap((file) => (file ? [`dist/${file}`] : []))
}

/** Files that the service worker fetches after its installation, and only where they are needed (tools/extras.ts). */
const isExtra = (file: string) => /assets\/(?:team|en|materi|pdf|ballot)-/.test(file)
const isPdf = (file: string) => /assets\/pdf-/.test(file)

/** Everything that the service worker keeps, from the list that the build wrote into it. */
function cachedFiles(): string[] {
  const worker = readFileSync('dist/sw.js', 'utf8')
  return [...worker.matchAll(/[{,]\s*"?url"?\s*:\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, file]) =>
    file ? [`dist/${file}`] : [],
  )
}

type Loaded = { path: string; startedAt: number }

/** What a page has asked for so far, in order. */
async function loadedBy(page: Page): Promise<Loaded[]> {
  const entries = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name, startTime }) => ({ name, startTime })),
  )
  return entries.map(({ name, startTime }) => ({ path: new URL(name).pathname, startedAt: startTime }))
}

const scriptsOf = (loaded: Loaded[]) => [
  ...new Set(loaded.filter(({ path }) => path.endsWith('.js')).map(({ path }) => `dist/assets/${basename(path)}`)),
]

/** What a browser that was never here has asked for when the list of events stands. */
async function scriptsOfScreen(browser: BenchBrowser): Promise<string[]> {
  const page = await browser.openApp('/')
  await page.locator('.screen-main').waitFor()
  const loaded = await loadedBy(page)
  await page.close()
  return scriptsOf(loaded)
}

/** A link to an event, on a first visit: the form's code is there when the event is asked for; the app follows. */
async function scriptsOfForm(browser: BenchBrowser): Promise<string[]> {
  const page = await browser.openApp('/m/AAAA#AAAA')
  await page.locator('.notice').waitFor()
  const loaded = await loadedBy(page)
  await page.close()
  const askedAt = loaded.find(({ path }) => path === '/api/v1/enrol')?.startedAt
  if (askedAt === undefined) throw new Error('The event was not asked for: not a first visit')
  return scriptsOf(loaded.filter(({ startedAt }) => startedAt < askedAt))
}

export async function measureJavaScript(browser: BenchBrowser): Promise<Figure[]> {
  if (!existsSync('dist/index.html')) throw new Error('dist/ is missing: run `npm run build` first')
  const form = await scriptsOfForm(browser)
  const screen = await scriptsOfScreen(browser)
  const installed = cachedFiles().filter((file) => !isExtra(file))
  const followed = cachedFiles().filter((file) => isExtra(file) && !isPdf(file))
  const pdf = cachedFiles().filter(isPdf)
  return [
    figure('JavaScript before the first paint, gzip', sumOf(firstPaintFiles()) / 1000, 'kB', barePaintBytes / 1000, 5),
    figure(
      'JavaScript before the first screen works, gzip',
      sumOf(screen) / 1000,
      'kB',
      bareFormBytes / 1000,
      screenReach,
    ),
    figure('JavaScript before an attendee’s form works, gzip', sumOf(form) / 1000, 'kB', bareFormBytes / 1000, 75 / 52),
    figure('precache at installation, gzip', sumOf(installed) / 1000, 'kB', precacheLimitBytes / 1000, 1),
    figure('what the team’s devices fetch after it, gzip', sumOf(followed) / 1000, 'kB', precacheLimitBytes / 1000, 1),
    figure('what shows PDFs, fetched where one is kept, gzip', sumOf(pdf) / 1000, 'kB', precacheLimitBytes / 1000, 1),
  ]
}
