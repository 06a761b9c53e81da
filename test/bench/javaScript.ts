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

/** Files that the service worker fetches after its installation, and only where they are needed (tools/extras.ts). */
const isExtra = (file: string) => /assets\/(?:team|en)-/.test(file)

/** Everything that the service worker keeps, from the list that the build wrote into it. */
function cachedFiles(): string[] {
  const worker = readFileSync('dist/sw.js', 'utf8')
  return [...worker.matchAll(/[{,]\s*"?url"?\s*:\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, file]) =>
    file ? [`dist/${file}`] : [],
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
  const installed = cachedFiles().filter((file) => !isExtra(file))
  const followed = cachedFiles().filter(isExtra)
  return [
    figure('JavaScript before the first paint, gzip', sumOf(firstPaintFiles()) / 1000, 'kB', barePaintBytes / 1000, 5),
    figure(
      'JavaScript before the first screen works, gzip',
      sumOf([...new Set(scripts)]) / 1000,
      'kB',
      bareFormBytes / 1000,
      75 / 52,
    ),
    figure('precache at installation, gzip', sumOf(installed) / 1000, 'kB', precacheLimitBytes / 1000, 1),
    figure('what the team’s devices fetch after it, gzip', sumOf(followed) / 1000, 'kB', precacheLimitBytes / 1000, 1),
  ]
}
