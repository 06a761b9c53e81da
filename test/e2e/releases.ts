import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { temporaryFolder } from '../support/server.ts'

/** A copy of the built app that can be turned into the version after it, as often as a test likes. */
export function copyApp() {
  const dist = temporaryFolder()
  cpSync(process.env.HADIR_DIST ?? 'dist', dist, { recursive: true })
  let version = 1
  const chunks = () => readdirSync(join(dist, 'assets'))

  return {
    dist,
    /** The names of this version's assets. */
    chunks,
    /** Makes it the next version's, in which every asset has another name; those of before are gone. */
    releaseNext(): void {
      version++
      const before = chunks()
      const next = (name: string) => name.replace(/(\.version\d+)?\.(\w+)$/, `.version${version}.$2`)
      const names = new RegExp(before.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g')
      for (const file of ['index.html', 'sw.js', ...before.map((name) => `assets/${name}`)]) {
        const text = readFileSync(join(dist, file), 'utf8').replace(names, next)
        const revised = text.replace(
          /"revision":"\w+","url":"index.html"/,
          `"revision":"${version}","url":"index.html"`,
        )
        writeFileSync(join(dist, file), revised)
      }
      for (const name of before) renameSync(join(dist, 'assets', name), join(dist, 'assets', next(name)))
    },
  }
}

/** Which version a page shows, as `copyApp` counts them. */
export async function shownVersion(page: Page): Promise<number> {
  const scripts = await page
    .locator('script[src]')
    .evaluateAll((found) => found.map((script) => script.outerHTML).join())
  return Number(/\.version(\d+)\./.exec(scripts)?.[1] ?? 1)
}
