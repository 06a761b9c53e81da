import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BenchBrowser } from './browser.ts'
import { type Figure, figure } from './figure.ts'

/** Preact alone, and Preact with i18next and Dexie: minified, gzip -9 (design section 9). */
const barePaintBytes = 6_000
const bareFormBytes = 52_000
const precacheLimitBytes = 700_000

const gzipBytes = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length
const sumOf = (paths: string[]) => paths.reduce((sum, path) => sum + gzipBytes(path), 0)

/** The module that index.html starts and everything that it imports statically: what stands before the first paint. */
function firstPaintFiles(): string[] {
  const html = readFileSync('dist/index.html', 'utf8')
  const started = /<script type="module"[^>]* src="\/([^"]+)"/.exec(html)?.[1]
  const preloaded = [...html.matchAll(/<link rel="modulepreload"[^>]* href="\/([^"]+)"/g)].map(([, file]) => file)
  return [started, ...preloaded].flatMap((file) => (file ? [`dist/${file}`] : []))
}

/** Of the files that the service worker keeps, those that follow its installation (sw.ts). */
const isLater = (file: string) => /assets\/office-/.test(file)

/** Everything that the service worker fetches at its install, from the list that the build wrote into it. */
function installedFiles(): string[] {
  const worker = readFileSync('dist/sw.js', 'utf8')
  return [...worker.matchAll(/[{,]\s*"?url"?\s*:\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, file]) =>
    file && !isLater(file) ? [`dist/${file}`] : [],
  )
}

export async function measureJavaScript(browser: BenchBrowser): Promise<Figure[]> {
  if (!existsSync('dist/index.html')) throw new Error('dist/ is missing: run `npm run build` first')
  const page = await browser.openApp('/')
  await page.locator('.screen-main').waitFor()
  await page.waitForLoadState('networkidle')
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  )
  await page.close()
  const scripts = loaded.filter((path) => path.endsWith('.js')).map((path) => `dist/assets/${basename(path)}`)
  return [
    figure('JavaScript before the first paint, gzip', sumOf(firstPaintFiles()) / 1000, 'kB', barePaintBytes / 1000, 5),
    figure(
      'JavaScript before the first screen works, gzip',
      sumOf([...new Set(scripts)]) / 1000,
      'kB',
      bareFormBytes / 1000,
      75 / 52,
    ),
    figure('whole precache, gzip', sumOf(installedFiles()) / 1000, 'kB', precacheLimitBytes / 1000, 1),
  ]
}
